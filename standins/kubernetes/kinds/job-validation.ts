// What is wrong with a Job, new (recorded: C08 to C16, C34) or changed (recorded: G02, G03).
import { type FieldFault, forbiddenField, invalidValue, notSupported, required } from '../answers/invalid';
import { at, type Json, listAt, numberAt, objectAt, sameJson, textAt, textOf } from '../store/json';
import type { KubeObject } from '../store/kube-object';
import { goPodTemplate } from './go-pod-template';
import { labelValueFaults } from './metadata-validation';
import { validatePodSpec } from './pod-validation';

const SUPPORTED_RESTARTS = '"OnFailure", "Never"';

export function validateJob(job: KubeObject): readonly FieldFault[] {
  const spec = at(job, 'spec');
  const template = at(spec, 'template');
  const labels = Object.fromEntries(
    Object.entries(objectAt(template ?? null, 'metadata', 'labels')).map(([name, value]) => [
      name,
      textOf(value),
    ]),
  );
  return [
    ...COUNTS.flatMap((field) => notNegative(`spec.${field}`, at(spec, field))),
    ...failurePolicyFaults(spec ?? null),
    ...oneOf('spec.completionMode', at(spec, 'completionMode'), ['NonIndexed', 'Indexed']),
    ...oneOf('spec.podReplacementPolicy', at(spec, 'podReplacementPolicy'), [
      'Failed',
      'TerminatingOrFailed',
    ]),
    ...labelValueFaults('spec.template.labels', labels),
    ...validatePodSpec(at(template, 'spec'), 'spec.template.spec'),
    ...restartFaults(spec ?? null),
  ];
}

const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
];

function notNegative(field: string, value: Json | undefined): readonly FieldFault[] {
  return typeof value === 'number' && value < 0
    ? [invalidValue(field, value, 'must be greater than or equal to 0')]
    : [];
}

function oneOf(field: string, value: Json | undefined, supported: readonly string[]): readonly FieldFault[] {
  return value === undefined || (typeof value === 'string' && supported.includes(value))
    ? []
    : [notSupported(field, value, supported)];
}

function restartFaults(spec: Json): readonly FieldFault[] {
  const field = 'spec.template.spec.restartPolicy';
  const policy = textAt(spec, 'template', 'spec', 'restartPolicy') ?? '';
  if (policy === 'Always' || policy === '') return [required(field, `valid values: ${SUPPORTED_RESTARTS}`)];
  if (policy !== 'OnFailure' && policy !== 'Never')
    return [notSupported(field, policy, ['OnFailure', 'Never'])];
  if (policy === 'OnFailure' && at(spec, 'podFailurePolicy') !== undefined)
    return [invalidValue(field, policy, 'only "Never" is supported when podFailurePolicy is specified')];
  return [];
}

const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const MOST_RULES = 20;

function failurePolicyFaults(spec: Json): readonly FieldFault[] {
  if (at(spec, 'podFailurePolicy') === undefined) return [];
  const rules = listAt(spec, 'podFailurePolicy', 'rules');
  const field = 'spec.podFailurePolicy.rules';
  const many =
    rules.length > MOST_RULES ? [forbiddenField(field, `must have at most ${MOST_RULES} items`)] : [];
  const replacement = textAt(spec, 'podReplacementPolicy');
  const overtaken =
    replacement !== undefined && replacement !== 'Failed'
      ? [notSupported('spec.podReplacementPolicy', replacement, ['Failed'])]
      : [];
  return [
    ...many,
    ...rules.flatMap((rule, index) => ruleFaults(rule, `${field}[${index}]`, spec)),
    ...overtaken,
  ];
}

function ruleFaults(rule: Json, field: string, spec: Json): readonly FieldFault[] {
  const action = textAt(rule, 'action') ?? '';
  const codes = at(rule, 'onExitCodes');
  const conditions = listAt(rule, 'onPodConditions');
  const faults: FieldFault[] = [];
  if (action === '')
    faults.push(required(`${field}.action`, `valid values: ${ACTIONS.map((one) => `"${one}"`).join(', ')}`));
  else if (!ACTIONS.includes(action)) faults.push(notSupported(`${field}.action`, action, ACTIONS));
  if (codes !== undefined) faults.push(...exitCodeFaults(codes, `${field}.onExitCodes`, spec));
  if (codes !== undefined && conditions.length > 0)
    faults.push(
      invalidValue(field, rule, 'specifying both OnExitCodes and OnPodConditions is not supported'),
    );
  if (codes === undefined && conditions.length === 0)
    faults.push(invalidValue(field, rule, 'specifying one of OnExitCodes and OnPodConditions is required'));
  return faults;
}

function exitCodeFaults(codes: Json, field: string, spec: Json): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  const operator = textAt(codes, 'operator') ?? '';
  const values = listAt(codes, 'values');
  const container = textAt(codes, 'containerName');
  if (operator === '') faults.push(required(`${field}.operator`, 'valid values: "In", "NotIn"'));
  else if (operator !== 'In' && operator !== 'NotIn')
    faults.push(notSupported(`${field}.operator`, operator, ['In', 'NotIn']));
  if (container !== undefined) {
    const pod = objectAt(spec, 'template', 'spec');
    const known = [...listAt(pod, 'initContainers'), ...listAt(pod, 'containers')];
    if (!known.some((one) => at(one, 'name') === container))
      faults.push(
        invalidValue(
          `${field}.containerName`,
          container,
          'must be one of the container or initContainer names in the pod template',
        ),
      );
  }
  if (values.length === 0)
    faults.push(invalidValue(`${field}.values`, values, 'at least one value is required'));
  for (const [index, value] of values.entries())
    if (value === 0 && operator === 'In')
      faults.push(invalidValue(`${field}.values[${index}]`, 0, 'must not be 0 for the In operator'));
  return faults;
}

/** Of a Job that is there only a few fields change: how many pods at once, whether it waits, how long it may run. */
export function changedJobFaults(next: KubeObject, current: KubeObject): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  const keeps = (field: string): void => {
    if (!sameJson(at(next, 'spec', field), at(current, 'spec', field)))
      faults.push(invalidValue(`spec.${field}`, at(next, 'spec', field) ?? null, 'field is immutable'));
  };
  keeps('completions');
  keeps('selector');
  if (!mayChangeTemplate(current) && !sameJson(at(next, 'spec', 'template'), at(current, 'spec', 'template')))
    faults.push(invalidTemplate(at(next, 'spec', 'template') ?? null));
  for (const field of [
    'completionMode',
    'podFailurePolicy',
    'successPolicy',
    'backoffLimitPerIndex',
    'managedBy',
  ])
    keeps(field);
  return [...faults, ...COUNTS.flatMap((field) => notNegative(`spec.${field}`, at(next, 'spec', field)))];
}

/** The scheduling of a Job that waits and has never run may still be decided. */
function mayChangeTemplate(current: KubeObject): boolean {
  return (
    at(current, 'spec', 'suspend') === true &&
    numberAt(current, 'status', 'active') === undefined &&
    at(current, 'status', 'startTime') === undefined
  );
}

function invalidTemplate(template: Json): FieldFault {
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${goPodTemplate(template)}: field is immutable`,
    field: 'spec.template',
  };
}
