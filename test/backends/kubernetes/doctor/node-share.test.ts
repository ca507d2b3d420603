// What the doctor says of the CPU and memory that jobs are given, beside what nodes have.
import { gpuNodesCheck } from '../../../../backends/kubernetes/doctor/gpu-nodes-check';
import type { InspectedPlacement } from '../../../../backends/kubernetes/doctor/inspected';
import type { Check } from '../../../../domain/backend/check';

type Gpu = InspectedPlacement['gpus'][number];

function checked(gpu: Omit<Gpu, 'sku'>, amounts: Readonly<Record<string, string>>): Check {
  const node = {
    metadata: {
      name: 'node-1',
      namespace: undefined,
      labels: { agentpool: 'a' },
      ownerReferences: undefined,
    },
    spec: undefined,
    status: {
      allocatable: amounts,
      capacity: { ...amounts, cpu: '24' },
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
  return gpuNodesCheck(
    'here A100',
    { sku: 'A100', ...gpu },
    { cluster: { inCluster: true } },
    { nodes: { kind: 'read', value: [node] }, groups: { kind: 'read', value: [] } },
  );
}

const ALLOCATABLE = { cpu: '23500m', memory: '210Gi', 'nvidia.com/gpu': '2' };

test('a node that the placement does not describe is told, as the placement would say it', () => {
  expect(checked({ counts: [1, 2] }, ALLOCATABLE)).toEqual({
    name: 'here A100',
    standing: 'ok',
    detail:
      '1 of 1 nodes ready, 2 GPUs in all (a); jobs that name no resources get 3 cores and 12 GB a GPU, until the placement says "node": {"cpu":24,"memoryGb":225.4,"gpus":2}',
  });
});

test('a node as the placement says it is nothing to tell of', () => {
  const node = { cpu: 24, memoryGb: 225.4, gpus: 2 };
  expect(checked({ counts: [1, 2], node }, ALLOCATABLE)).toMatchObject({
    standing: 'ok',
    detail: '1 of 1 nodes ready, 2 GPUs in all (a)',
  });
});

test('a share that no node has is a warning, with the machine to name instead', () => {
  const found = checked({ counts: [1, 2], node: 'Standard_NC48ads_A100_v4' }, ALLOCATABLE);
  expect(found).toMatchObject({
    standing: 'warning',
    detail: 'a job with 2 × A100 that names no resources is given 44.5 cores and 413.2 GB, which no node has',
    todo: 'Say in the placement\'s gpus, at "A100", what its nodes are: "node": {"cpu":24,"memoryGb":225.4,"gpus":2}.',
  });
});

test("so is an operator's own amount", () => {
  const perGpu = { cpu: 12, memoryGb: 1 };
  expect(checked({ counts: [1, 2], perGpu }, ALLOCATABLE).detail).toContain('2 × A100');
  expect(checked({ counts: [1], perGpu }, ALLOCATABLE).standing).toBe('ok');
});
