// Reads field selectors: `metadata.name=x,status.phase!=Running`, each kind with the fields that it can be asked by.
import { badRequest } from '../answers/api-fault';
import type { Resource } from '../resources/resources';
import { at, textOf } from '../store/json';
import type { KubeObject } from '../store/kube-object';

interface Selectable {
  readonly fields: readonly string[];
  readonly refusal: (field: string) => string;
}

const CORE_REFUSAL = (field: string): string => `field label not supported: ${field}`;

/** By resource, in addition to `metadata.name` and `metadata.namespace`. */
const SELECTABLE: Readonly<Record<string, Selectable>> = {
  'jobs.batch': {
    fields: ['status.successful'],
    refusal: (field) => `field label "${field}" not supported for Job`,
  },
  pods: {
    fields: [
      'spec.nodeName',
      'spec.restartPolicy',
      'spec.schedulerName',
      'spec.serviceAccountName',
      'spec.hostNetwork',
      'status.phase',
      'status.podIP',
      'status.nominatedNodeName',
    ],
    refusal: CORE_REFUSAL,
  },
  events: {
    fields: [
      'involvedObject.kind',
      'involvedObject.namespace',
      'involvedObject.name',
      'involvedObject.uid',
      'involvedObject.apiVersion',
      'involvedObject.resourceVersion',
      'involvedObject.fieldPath',
      'reason',
      'reportingComponent',
      'source',
      'type',
    ],
    refusal: CORE_REFUSAL,
  },
  nodes: { fields: ['spec.unschedulable'], refusal: CORE_REFUSAL },
  namespaces: { fields: ['status.phase', 'name'], refusal: CORE_REFUSAL },
  secrets: { fields: ['type'], refusal: CORE_REFUSAL },
};

const ANY: Selectable = {
  fields: [],
  refusal: (field) => `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
};

/** One requirement of a selector. */
interface Term {
  readonly field: string;
  readonly equal: boolean;
  readonly value: string;
}

/** Returns what tells whether an object fits. Throws the 400 for a field by which this kind can't be asked. */
export function parseFieldSelector(resource: Resource, text: string): (object: KubeObject) => boolean {
  const terms = termsOf(text);
  const { fields, refusal } =
    SELECTABLE[resource.group === 'events.k8s.io' ? 'events' : resource.name] ?? ANY;
  for (const { field } of terms)
    if (!['metadata.name', 'metadata.namespace', ...fields].includes(field)) throw badRequest(refusal(field));
  return (object) => terms.every(({ field, equal, value }) => (valueOf(object, field) === value) === equal);
}

function termsOf(text: string): Term[] {
  return text
    .split(',')
    .filter((term) => term !== '')
    .map((term) => {
      const [, field, operator, value] = /^([^=!]+)(!=|==?)(.*)$/.exec(term) ?? [];
      if (field === undefined || value === undefined)
        throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`);
      return { field, equal: operator !== '!=', value };
    });
}

/** The name that a selector pins down, or undefined: RBAC then reads the request as one for that name. */
export function selectedName(text: string | null): string | undefined {
  return termsOf(text ?? '').find(({ field, equal }) => equal && field === 'metadata.name')?.value;
}

function valueOf(object: KubeObject, field: string): string {
  switch (field) {
    case 'status.successful':
      return textOf(at(object, 'status', 'succeeded') ?? 0);
    case 'spec.unschedulable':
    case 'spec.hostNetwork':
      return textOf(at(object, ...field.split('.')) ?? false);
    case 'name':
      return object.metadata.name;
    case 'source':
      return textOf(at(object, 'source', 'component') ?? at(object, 'reportingComponent'));
    default:
      return textOf(at(object, ...field.split('.')));
  }
}
