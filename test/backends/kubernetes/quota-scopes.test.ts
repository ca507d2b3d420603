// Which ResourceQuotas count our pods, by their scopes: the same for what is read of quotas and for the doctor.
import { quotaSchema } from '../../../backends/kubernetes/doctor/cluster-objects';
import { quotaCheck } from '../../../backends/kubernetes/doctor/quota-check';
import { placementWith } from './doctor/cluster-to-inspect';
import { setKubernetesStage } from './kubernetes-stage';

type Expression = readonly [scopeName: string, operator: string, values?: readonly string[]];

const selector = (...expressions: readonly Expression[]): object => ({
  scopeSelector: {
    matchExpressions: expressions.map(([scopeName, operator, values]) => ({ scopeName, operator, values })),
  },
});

/** What the quota's spec says of its pods, the placement's priority class, and whether it counts ours. */
const CASES: readonly (readonly [string, object, string | undefined, boolean])[] = [
  ['no scope', {}, undefined, true],
  ['pods with a deadline', { scopes: ['Terminating'] }, undefined, true],
  ['pods with a deadline and limits', { scopes: ['Terminating', 'NotBestEffort'] }, undefined, true],
  ['pods without a deadline', { scopes: ['NotTerminating'] }, undefined, false],
  ['pods without limits', { scopes: ['BestEffort'] }, undefined, false],
  ['pods with a deadline and without limits', { scopes: ['Terminating', 'BestEffort'] }, undefined, false],
  ['pods near others', { scopes: ['CrossNamespacePodAffinity'] }, undefined, false],
  ['pods with a deadline, by selector', selector(['Terminating', 'Exists']), undefined, true],
  ['pods without a deadline, by selector', selector(['NotTerminating', 'Exists']), undefined, false],
  ['pods of any class', { scopes: ['PriorityClass'] }, undefined, false],
  ['pods of any class', { scopes: ['PriorityClass'] }, 'low', true],
  ['pods of no class', selector(['PriorityClass', 'DoesNotExist']), undefined, true],
  ['pods of no class', selector(['PriorityClass', 'DoesNotExist']), 'low', false],
  ['pods of these classes', selector(['PriorityClass', 'In', ['high', 'low']]), 'low', true],
  ['pods of these classes', selector(['PriorityClass', 'In', ['high']]), 'low', false],
  ['pods of these classes', selector(['PriorityClass', 'In', ['high']]), undefined, false],
  ['pods of other classes', selector(['PriorityClass', 'NotIn', ['high']]), 'low', true],
  ['pods of other classes', selector(['PriorityClass', 'NotIn', ['low']]), 'low', false],
  ['pods of other classes', selector(['PriorityClass', 'NotIn', ['low']]), undefined, true],
  [
    'pods of this class without a deadline',
    selector(['PriorityClass', 'In', ['low']], ['NotTerminating', 'Exists']),
    'low',
    false,
  ],
  ['what is not known', selector(['PriorityClass', 'Resembles', ['low']]), 'low', false],
  ['an empty selector', { scopeSelector: {} }, undefined, true],
];

describe.each(CASES)('a quota of %s %j, for pods of class %s', (_, spec, priorityClassName, counts) => {
  const quota = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'gpus', namespace: 'gpu-jobs' },
    spec: { hard: { 'requests.nvidia.com/gpu': '0' }, ...spec },
    status: { hard: { 'requests.nvidia.com/gpu': '0' }, used: { 'requests.nvidia.com/gpu': '0' } },
  };

  test(`${counts ? 'counts' : 'does not count'} among what is read for admission`, async () => {
    const { backend } = setKubernetesStage({
      placement: priorityClassName === undefined ? {} : { priorityClassName },
      intercept: ({ url }) =>
        url.pathname.endsWith('/resourcequotas')
          ? { status: 200, headers: {}, body: JSON.stringify({ items: [quota] }) }
          : undefined,
    });
    expect(await backend.usages()).toEqual(
      counts ? [{ name: 'requests.nvidia.com/gpu', used: 0, limit: 0 }] : [],
    );
  });

  test(`${counts ? 'stands in the way' : 'does not stand in the way'} for the doctor`, () => {
    const { standing } = quotaCheck(
      'quota',
      placementWith(priorityClassName === undefined ? {} : { priorityClassName }),
      { kind: 'read', value: [quotaSchema.parse(quota)] },
    );
    expect(standing).toBe(counts ? 'failed' : 'ok');
  });
});
