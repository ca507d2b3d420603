// What to do about a message that is a document for HTTP rather than a spec.
import type { Format } from '../../formats/document';
import { formatOf } from '../../formats/parse-document';
import { isWithoutItsLines } from '../../formats/source/without-lines';

const NAMES: Readonly<Record<Format, string>> = {
  native: 'a spec in YAML',
  'aci-yaml': "a container group's YAML",
  'arm-template': 'an ARM template',
  kubernetes: 'a Kubernetes manifest',
};

/** A sentence to follow the refusal; undefined where the content is no such document. `isJson`: it was read as JSON. */
export function queueAdvice(content: string, isJson: boolean): string | undefined {
  const format = formatOf(content);
  if (format === 'native' && isJson) return undefined;
  const isYaml = isWithoutItsLines(content);
  if (format === undefined && !isYaml) return undefined;
  const name = format === undefined || isYaml ? 'YAML' : NAMES[format];
  return `It looks like ${name}; the queue takes native JSON alone. \`gpujobs convert FILE\` prints it, and \`gpujobs submit FILE\` takes the file as it is.`;
}
