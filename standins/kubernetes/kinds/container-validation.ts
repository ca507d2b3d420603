// What is wrong with the containers of a pod (recorded: C09, C12 to C16).
import { type FieldFault, invalidValue, notSupported, required } from '../answers/invalid';
import { canonicalQuantity, milliOf } from '../schema/quantity';
import { at, type Json, listAt, objectAt, textAt, textOf } from '../store/json';
import { labelFaults } from './metadata-validation';
import { mountFaults } from './mount-validation';

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

/** Names of variables: anything printable but what would end the name. */
const VARIABLE = /^[ -<>-~]+$/;

export function validateContainers(pod: Json, path: string): readonly FieldFault[] {
  const containers = listAt(pod, 'containers');
  if (containers.length === 0) return [required(`${path}.containers`)];
  const volumes = listAt(pod, 'volumes').map((volume) => textAt(volume, 'name') ?? '');
  const seen = new Set<string>();
  return (['initContainers', 'containers'] as const).flatMap((list) =>
    listAt(pod, list).flatMap((container, index) => {
      const field = `${path}.${list}[${index}]`;
      const name = textAt(container, 'name') ?? '';
      const faults = containerFaults(container, field, volumes);
      const twice = name !== '' && seen.has(name);
      seen.add(name);
      return twice
        ? [
            ...faults,
            { reason: 'FieldValueDuplicate', message: `Duplicate value: "${name}"`, field: `${field}.name` },
          ]
        : faults;
    }),
  );
}

function containerFaults(container: Json, field: string, volumes: readonly string[]): readonly FieldFault[] {
  const name = textAt(container, 'name') ?? '';
  const image = textAt(container, 'image') ?? '';
  const policy = textAt(container, 'imagePullPolicy') ?? '';
  return [
    ...(name === '' ? [required(`${field}.name`)] : labelFaults(`${field}.name`, name)),
    ...(image === '' ? [required(`${field}.image`)] : []),
    ...(image !== image.trim()
      ? [invalidValue(`${field}.image`, image, 'must not have leading or trailing whitespace')]
      : []),
    ...listAt(container, 'env').flatMap((one, index) => variableFaults(one, `${field}.env[${index}]`)),
    ...mountFaults(listAt(container, 'volumeMounts'), `${field}.volumeMounts`, volumes),
    ...(policy === '' || PULL_POLICIES.includes(policy)
      ? []
      : [notSupported(`${field}.imagePullPolicy`, policy, PULL_POLICIES)]),
    ...resourceFaults(container, `${field}.resources`),
  ];
}

function variableFaults(variable: Json, field: string): readonly FieldFault[] {
  const name = textAt(variable, 'name') ?? '';
  if (name === '') return [required(`${field}.name`)];
  if (!VARIABLE.test(name))
    return [
      invalidValue(
        `${field}.name`,
        name,
        "a valid environment variable name must consist only of printable ASCII characters other than '='",
      ),
    ];
  const from = at(variable, 'valueFrom');
  if (from !== undefined && (textAt(variable, 'value') ?? '') !== '')
    return [invalidValue(`${field}.valueFrom`, '', 'may not be specified when `value` is not empty')];
  return [];
}

function resourceFaults(container: Json, field: string): readonly FieldFault[] {
  const limits = objectAt(container, 'resources', 'limits');
  const requests = objectAt(container, 'resources', 'requests');
  const whole = (which: string, amounts: Readonly<Record<string, Json | undefined>>): FieldFault[] =>
    Object.entries(amounts).flatMap(([name, amount]) => {
      const milli = milliOf(textOf(amount)) ?? 0n;
      if (milli < 0n)
        return [
          invalidValue(`${field}.${which}[${name}]`, textOf(amount), 'must be greater than or equal to 0'),
        ];
      return isDevice(name) && milli % 1000n !== 0n
        ? [invalidValue(`${field}.${which}[${name}]`, textOf(amount), 'must be an integer')]
        : [];
    });
  const requested = Object.entries(requests).flatMap(([name, amount]): FieldFault[] => {
    const limit = limits[name];
    if (limit === undefined)
      return isDevice(name)
        ? [required(`${field}.limits`, 'Limit must be set for non overcommitable resources')]
        : [];
    const asked = milliOf(textOf(amount)) ?? 0n;
    const most = milliOf(textOf(limit)) ?? 0n;
    const shown = canonicalQuantity(textOf(limit));
    if (isDevice(name) && asked !== most)
      return [
        invalidValue(`${field}.requests`, textOf(amount), `must be equal to ${name} limit of ${shown}`),
      ];
    return asked > most
      ? [
          invalidValue(
            `${field}.requests`,
            textOf(amount),
            `must be less than or equal to ${name} limit of ${shown}`,
          ),
        ]
      : [];
  });
  return [...whole('limits', limits), ...whole('requests', requests), ...requested];
}

/** Resources with a domain are devices: whole ones, never shared. */
function isDevice(name: string): boolean {
  return name.includes('/');
}
