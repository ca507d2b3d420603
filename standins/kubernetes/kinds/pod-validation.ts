// What is wrong with a pod's spec, of a pod or of a Job's template.
import { type FieldFault, forbiddenField, invalidValue, notSupported, required } from '../answers/invalid';
import { at, type Json, listAt, objectAt, sameJson, textAt } from '../store/json';
import type { KubeObject } from '../store/kube-object';
import { validateContainers } from './container-validation';
import { labelFaults } from './metadata-validation';
import { sourceFaults } from './mount-validation';

const RESTARTS = ['Always', 'OnFailure', 'Never'];
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** `path`: where the spec stands, `spec.template.spec`. In the order in which the server tells the faults. */
export function validatePodSpec(spec: Json | undefined, path: string): readonly FieldFault[] {
  const pod = spec ?? null;
  const policy = textAt(pod, 'restartPolicy') ?? '';
  return [
    ...validateVolumes(pod, path),
    ...validateContainers(pod, path),
    ...(policy === '' || RESTARTS.includes(policy)
      ? []
      : [notSupported(`${path}.restartPolicy`, policy, RESTARTS)]),
    ...atLeast(`${path}.activeDeadlineSeconds`, at(pod, 'activeDeadlineSeconds'), 1),
    ...atLeast(`${path}.terminationGracePeriodSeconds`, at(pod, 'terminationGracePeriodSeconds'), 0),
    ...listAt(pod, 'tolerations').flatMap((one, index) =>
      tolerationFaults(one, `${path}.tolerations[${index}]`),
    ),
  ];
}

/** A deadline must be within a 32-bit number of seconds. */
function atLeast(field: string, value: Json | undefined, least: number): readonly FieldFault[] {
  if (typeof value !== 'number' || value >= least) return [];
  const words =
    least === 0 ? 'must be greater than or equal to 0' : 'must be between 1 and 2147483647, inclusive';
  return [invalidValue(field, value, words)];
}

function tolerationFaults(toleration: Json, field: string): readonly FieldFault[] {
  const { operator = 'Equal', effect, value } = objectAt(toleration);
  const key = textAt(toleration, 'key') ?? '';
  const faults: FieldFault[] = [];
  if (key === '' && operator !== 'Exists')
    faults.push(
      invalidValue(
        `${field}.operator`,
        operator,
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      ),
    );
  if (operator === 'Exists' && value !== undefined && value !== '')
    faults.push(invalidValue(field, toleration, "value must be empty when `operator` is 'Exists'"));
  if (operator !== 'Exists' && operator !== 'Equal')
    faults.push(notSupported(`${field}.operator`, operator, ['Equal', 'Exists']));
  if (effect !== undefined && !(typeof effect === 'string' && EFFECTS.includes(effect)))
    faults.push(notSupported(`${field}.effect`, effect, EFFECTS));
  return faults;
}

function validateVolumes(pod: Json, path: string): readonly FieldFault[] {
  const seen = new Set<string>();
  return listAt(pod, 'volumes').flatMap((volume, index) => {
    const field = `${path}.volumes[${index}]`;
    const name = textAt(volume, 'name') ?? '';
    const faults: FieldFault[] =
      name === '' ? [required(`${field}.name`)] : [...labelFaults(`${field}.name`, name)];
    if (name !== '' && seen.has(name))
      faults.push({
        reason: 'FieldValueDuplicate',
        message: `Duplicate value: "${name}"`,
        field: `${field}.name`,
      });
    seen.add(name);
    faults.push(...sourceFaults(volume, field));
    const sources = Object.keys(objectAt(volume)).filter((source) => source !== 'name');
    for (const source of sources.slice(1))
      faults.push(forbiddenField(`${field}.${source}`, 'may not specify more than 1 volume type'));
    return faults;
  });
}

/** What of a pod's spec may still change; the rest is as it was made. */
const CHANGEABLE = ['image', 'activeDeadlineSeconds', 'tolerations', 'terminationGracePeriodSeconds'];

export function changedPodFaults(next: KubeObject, current: KubeObject): readonly FieldFault[] {
  const fixed = (pod: KubeObject): Json => fixedPart(objectAt(pod, 'spec'));
  if (sameJson(fixed(next), fixed(current))) return [];
  return [
    forbiddenField(
      'spec',
      'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
    ),
  ];
}

function fixedPart(value: Json): Json {
  if (Array.isArray(value)) return value.map(fixedPart);
  const members = Object.entries(objectAt(value));
  if (members.length === 0) return value;
  return Object.fromEntries(
    members
      .filter(([name]) => !CHANGEABLE.includes(name))
      .map(([name, member]) => [name, member === undefined ? undefined : fixedPart(member)]),
  );
}
