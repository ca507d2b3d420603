// What is wrong with the metadata of an object: its name, labels and annotations.
import { type FieldFault, invalidValue, tooLong } from '../answers/invalid';
import type { Resource } from '../resources/resources';
import type { KubeObject } from '../store/kube-object';

/** All annotations together (recorded: O01). */
const MOST_ANNOTATION_BYTES = 256 * 1024;

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;

const SUBDOMAIN_WORDS = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`;
const LABEL_WORDS = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL}')`;

const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const LABEL_VALUE_WORDS =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/** Kinds whose names are single labels. */
const LABEL_NAMED = ['Namespace', 'Service'];

export function validateMetadata({ kind }: Resource, { metadata }: KubeObject): readonly FieldFault[] {
  const { name, labels = {}, annotations = {} } = metadata;
  const annotationBytes = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  return [
    ...(LABEL_NAMED.includes(kind)
      ? labelFaults('metadata.name', name)
      : subdomainFaults('metadata.name', name)),
    ...labelValueFaults('metadata.labels', labels),
    ...(annotationBytes > MOST_ANNOTATION_BYTES
      ? [tooLong('metadata.annotations', MOST_ANNOTATION_BYTES)]
      : []),
  ];
}

/** What keeps a text from being a DNS subdomain, the form of most names. */
function subdomainFaults(field: string, value: string): readonly FieldFault[] {
  return [
    ...(value.length > 253 ? [invalidValue(field, value, 'must be no more than 253 bytes')] : []),
    ...(new RegExp(`^${SUBDOMAIN}$`).test(value) ? [] : [invalidValue(field, value, SUBDOMAIN_WORDS)]),
  ];
}

/** What keeps a text from being a DNS label, the form of containers' and namespaces' names. */
export function labelFaults(field: string, value: string): readonly FieldFault[] {
  return [
    ...(value.length > 63 ? [invalidValue(field, value, 'must be no more than 63 bytes')] : []),
    ...(new RegExp(`^${LABEL}$`).test(value) ? [] : [invalidValue(field, value, LABEL_WORDS)]),
  ];
}

/** What keeps texts from being the values of labels (recorded: C11). */
export function labelValueFaults(
  field: string,
  labels: Readonly<Record<string, string>>,
): readonly FieldFault[] {
  return Object.values(labels).flatMap((value) => [
    ...(value.length > 63 ? [invalidValue(field, value, 'must be no more than 63 bytes')] : []),
    ...(LABEL_VALUE.test(value) ? [] : [invalidValue(field, value, LABEL_VALUE_WORDS)]),
  ]);
}
