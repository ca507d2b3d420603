// Where pods go, and the scheduler's words for why they go nowhere, as a real scheduler said them.
import { nodeSchema } from '../../../../standins/kubernetes/model/node';
import { type Pod, podSchema } from '../../../../standins/kubernetes/model/pod';
import { decide, type Inhabited } from '../../../../standins/kubernetes/scheduler/decision';
import { recordedBody } from '../recorded';

const GPU_TAINT = { key: 'sku', value: 'gpu', effect: 'NoSchedule' };

function node(
  name: string,
  allocatable: Record<string, string>,
  taints: (typeof GPU_TAINT)[] = [],
): Inhabited {
  return {
    node: nodeSchema.parse({
      metadata: {
        name,
        uid: name,
        creationTimestamp: '2026-01-01T00:00:00Z',
        labels: { 'kubernetes.io/hostname': name },
      },
      spec: { taints },
      status: { allocatable: { cpu: '6', memory: '112Gi', pods: '30', ...allocatable } },
    }),
    pods: [],
  };
}

const GPU_NODE = node('aks-gpunp-000000', { 'nvidia.com/gpu': '1' }, [GPU_TAINT]);

interface Asked {
  readonly limits?: Record<string, string>;
  readonly tolerates?: boolean;
  readonly priority?: number;
  readonly nodeSelector?: Record<string, string>;
}

function pod(
  name: string,
  { limits = { 'nvidia.com/gpu': '1' }, tolerates = true, priority = 0, nodeSelector }: Asked = {},
): Pod {
  return podSchema.parse({
    metadata: { name, uid: name, creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: {
      containers: [{ name: 'main', image: 'busybox', resources: { limits } }],
      tolerations: tolerates ? [{ key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }] : [],
      priority,
      ...(nodeSelector && { nodeSelector }),
    },
  });
}

/** What the PodScheduled condition of a recorded pod says. */
function recordedMessage(name: string): string | undefined {
  const body = recordedBody(name);
  const first =
    typeof body === 'object' && body !== null && 'items' in body && Array.isArray(body.items)
      ? (body.items as unknown[])[0]
      : body;
  return podSchema.parse(first).status.conditions?.find(({ type }) => type === 'PodScheduled')?.message;
}

describe('A pod that fits nowhere waits, in the words of a real scheduler', () => {
  test('where there is no node', () => {
    expect(decide(pod('a'), [])).toEqual({
      kind: 'wait',
      message: recordedMessage('E01-pods-of-job-pending'),
    });
  });

  test('where no node has a taint that it stands', () => {
    expect(decide(pod('a', { tolerates: false }), [GPU_NODE])).toEqual({
      kind: 'wait',
      message: recordedMessage('K03-pod-unschedulable-taint'),
    });
  });

  test('where the GPU is taken', () => {
    expect(decide(pod('b'), [{ ...GPU_NODE, pods: [pod('a')] }])).toEqual({
      kind: 'wait',
      message: recordedMessage('L16-03-pod-insufficient-gpu'),
    });
  });

  test('where no node has the label', () => {
    const nodes = [GPU_NODE, node('aks-system-000000', {})];
    expect(decide(pod('a', { nodeSelector: { pool: 'absent' } }), nodes)).toEqual({
      kind: 'wait',
      message: recordedMessage('O09-pod-nodeselector'),
    });
  });

  test('where one node lacks memory and the other a GPU too', () => {
    const asked = { limits: { 'nvidia.com/gpu': '1', memory: '900Gi' } };
    expect(decide(pod('a', asked), [GPU_NODE, node('aks-system-000000', {})])).toEqual({
      kind: 'wait',
      message:
        '0/2 nodes are available: 1 Insufficient nvidia.com/gpu, 2 Insufficient memory. no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.',
    });
  });
});

describe('A pod that fits is bound', () => {
  test('to the node whose processors and memory are asked for least', () => {
    const busy = { ...node('a', {}), pods: [pod('other', { limits: { cpu: '5' } })] };
    expect(decide(pod('b', { limits: { cpu: '1' } }), [busy, node('b', {})])).toEqual({
      kind: 'bind',
      node: 'b',
    });
  });

  test('to no node that is cordoned', () => {
    const cordoned = { ...GPU_NODE, node: { ...GPU_NODE.node, spec: { unschedulable: true } } };
    const decision = decide(pod('a'), [cordoned]);
    expect(decision).toMatchObject({ kind: 'wait' });
    expect(JSON.stringify(decision)).toContain('1 node(s) were unschedulable');
  });
});

describe('A more important pod pushes out', () => {
  test('the one that holds the GPU', () => {
    const low = pod('low');
    expect(decide(pod('high', { priority: 1000 }), [{ ...GPU_NODE, pods: [low] }])).toEqual({
      kind: 'wait',
      message: '0/1 nodes are available: 1 Insufficient nvidia.com/gpu.',
      preempt: { node: 'aks-gpunp-000000', victims: [low] },
    });
  });

  test('no more pods than it needs to, and the least important ones', () => {
    const two = node('two', { 'nvidia.com/gpu': '2' });
    const pods = [pod('middle', { priority: 5 }), pod('least', { priority: 1 })];
    const decision = decide(pod('high', { priority: 10 }), [{ ...two, pods }]);
    expect(decision).toMatchObject({ preempt: { victims: [{ metadata: { name: 'least' } }] } });
  });

  test('nobody of its own importance', () => {
    const decision = decide(pod('b', { priority: 7 }), [{ ...GPU_NODE, pods: [pod('a', { priority: 7 })] }]);
    expect(decision).not.toHaveProperty('preempt');
  });
});
