// ACI YAML: the file of `az container create --file`.
import { type FormatParser } from '../format-parser';
import { isMapping, Reader } from '../reader';
import { theOnly } from '../the-only';
import { CONTAINER_GROUP_TYPE, draftContainerGroup } from './container-group';

export const aciYaml: FormatParser = {
  format: 'aci-yaml',
  readBy: 'az',
  recognises: ([first]) => {
    const value = first?.value;
    if (!isMapping(value)) return false;
    const [properties, type] = [inAnyCase(value, 'properties'), inAnyCase(value, 'type')];
    return (
      isMapping(properties) ||
      (typeof type === 'string' && type.toLowerCase() === CONTAINER_GROUP_TYPE.toLowerCase())
    );
  },
  draft: (stream, options) => {
    const only = theOnly(stream, 'a container group');
    const [report] = stream.reports;
    if (only === undefined || report === undefined) return undefined;
    const group = new Reader(only.value, '', report);
    if (!group.isMapping()) return undefined;
    return { index: 0, draft: draftContainerGroup(group, options) };
  },
};

/** Azure reads names in any case. */
function inAnyCase(members: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.entries(members).find(([written]) => written.toLowerCase() === name)?.[1];
}
