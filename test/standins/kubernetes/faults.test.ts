// Faults by name: what clients and pods meet while one lasts.
import { at, type Json, listAt, textAt } from '../../../standins/kubernetes/store/json';
import { ConnectionLost } from '../../../standins/wire/handler';
import { type LifeStage, setLifeStage } from './life-stage';
import { recordedAnswer } from './recordings';

const JOBS = '/apis/batch/v1/namespaces/gpu-jobs/jobs';
const NODE = 'aks-gpunp-000000';
const JOB: Json = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'lost' },
  spec: {
    backoffLimit: 0,
    podReplacementPolicy: 'Failed',
    template: {
      spec: {
        restartPolicy: 'Never',
        terminationGracePeriodSeconds: 2,
        containers: [
          { name: 'main', image: 'busybox:local', resources: { limits: { 'nvidia.com/gpu': 1 } } },
        ],
        tolerations: [
          { key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' },
          {
            key: 'node.kubernetes.io/unreachable',
            operator: 'Exists',
            effect: 'NoExecute',
            tolerationSeconds: 5,
          },
        ],
      },
    },
  },
};

async function runningJob(): Promise<LifeStage> {
  const stage = setLifeStage({ prints: [] });
  await stage.advance(1_000);
  await stage.submit(JOB);
  await stage.advance(4_000);
  expect(podField(stage, 'status', 'phase')).toBe('Running');
  return stage;
}

function podField(stage: LifeStage, ...path: string[]): Json | undefined {
  return at(stage.pods('lost')[0], ...path);
}

function conditionOf(stage: LifeStage, type: string): Json | undefined {
  return listAt(podField(stage, 'status', 'conditions')).find((one) => textAt(one, 'type') === type);
}

function disruption(stage: LifeStage): string | undefined {
  return textAt(conditionOf(stage, 'DisruptionTarget'), 'reason');
}

describe('A lost node', () => {
  test('is not ready after its grace; its pods go by its taint, and stay until its object is gone', async () => {
    const stage = await runningJob();
    stage.standIn.inject({ kind: 'lose-node', node: NODE });
    await stage.advance(51_000);
    expect(podField(stage, 'status', 'phase')).toBe('Running');
    expect(conditionOf(stage, 'Ready')).toMatchObject({ status: 'False' });
    await stage.advance(6_000);
    expect(disruption(stage)).toBe('DeletionByTaintManager');
    await stage.advance(300_000);
    expect(podField(stage, 'metadata', 'deletionTimestamp')).toBeDefined();
    const { body } = await stage.ask('GET', `${JOBS}/lost`);
    expect(at(body, 'status')).toMatchObject({ terminating: 1, ready: 0 });

    stage.standIn.inject({ kind: 'remove-node', node: NODE });
    const watch = await stage.follow('/api/v1/namespaces/gpu-jobs/pods?watch=1&resourceVersion=0');
    await stage.advance(60_000);
    expect(JSON.stringify(watch.lines)).toContain('PodGC: node no longer exists');
    expect(stage.pods('lost')).toEqual([]);
  });

  test('whose kubelet comes back within its grace has lost nothing', async () => {
    const stage = await runningJob();
    stage.standIn.inject({ kind: 'kubelet-down', node: NODE, forMs: 30_000 });
    await stage.advance(120_000);
    expect(podField(stage, 'status', 'phase')).toBe('Running');
    expect(disruption(stage)).toBeUndefined();
  });
});

test('at a Spot notice the pod is evicted and its program ended, before the machine goes', async () => {
  const stage = await runningJob();
  const watch = await stage.follow('/api/v1/namespaces/gpu-jobs/pods?watch=1&resourceVersion=0');
  stage.standIn.inject({ kind: 'spot-notice', node: NODE, afterMs: 30_000 });
  await stage.advance(20_000);
  expect(JSON.stringify(watch.lines)).toContain('EvictionByEvictionAPI');
  expect(stage.standIn.ledger().programs).toEqual([expect.objectContaining({ exitCode: 143 })]);
  const { body } = await stage.ask('GET', `${JOBS}/lost`);
  expect(JSON.stringify(at(body, 'status', 'conditions'))).toContain('BackoffLimitExceeded');
  await stage.advance(15_000);
  expect((await stage.ask('GET', `/api/v1/nodes/${NODE}`, { as: 'admin' })).status).toBe(404);
});

test('while the API server is down nobody is answered, and what was open has ended', async () => {
  const stage = await runningJob();
  const watch = await stage.follow(`${JOBS}?watch=1`);
  stage.standIn.inject({ kind: 'api-down', forMs: 30_000 });
  expect(watch.ended()).toBe('end');
  await expect(stage.ask('GET', JOBS)).rejects.toThrow(ConnectionLost);
  await stage.advance(30_000);
  expect((await stage.ask('GET', JOBS)).status).toBe(200);
});

test('too many requests are answered as recorded, as often as asked for', async () => {
  const stage = await runningJob();
  stage.standIn.inject({ kind: 'too-many-requests', count: 1 });
  const { status, headers, text } = await stage.ask('GET', JOBS);
  expect({ status, text }).toEqual({ status: 429, text: recordedAnswer('M40-429-max-inflight').text });
  expect(headers['retry-after']).toBe('1');
  expect((await stage.ask('GET', JOBS)).status).toBe(200);
});

test.each([
  [
    'O12-webhook-denied-403',
    {
      kind: 'deny-jobs',
      message:
        '[azurepolicy-k8sazurev2containerallowedimag-0000] Container image busybox:local for container main has not been allowed.',
    },
  ],
  ['O13-webhook-down-500', { kind: 'webhook-down', down: true }],
] as const)('a webhook that refuses Jobs, or is away, answers as recorded: %s', async (id, fault) => {
  const stage = setLifeStage({ prints: [] });
  stage.standIn.inject(fault);
  expect(await stage.play(id)).toEqual(recordedAnswer(id));
});

test('a pod waits for as long as no node may come, which the autoscaler tells, and no longer', async () => {
  const pool = {
    name: 'gpunp',
    min: 0,
    max: 1,
    instanceType: 'Standard_NC4as_T4_v3',
    allocatable: { cpu: '4', memory: '28Gi', pods: '30', 'nvidia.com/gpu': '1' },
  };
  const stage = setLifeStage({ prints: [] }, { pools: [pool] });
  stage.standIn.inject({ kind: 'no-nodes', on: true });
  await stage.submit(JOB);
  await stage.advance(600_000);
  expect(podField(stage, 'spec', 'nodeName')).toBeUndefined();
  const events = stage.standIn.store.list('events', 'gpu-jobs').items;
  expect(events.map((event) => textAt(event, 'message'))).toContain(
    "pod didn't trigger scale-up: 1 in backoff after failed scale-up",
  );
  stage.standIn.inject({ kind: 'no-nodes', on: false });
  await stage.advance(600_000);
  expect(podField(stage, 'spec', 'nodeName')).toBe(NODE);
});

describe('The control route', () => {
  const post = (body: string): Promise<{ status: number; text: string }> => {
    const stage = setLifeStage({ prints: [] });
    const url = new URL('http://127.0.0.1:6443/emulator/faults');
    return Promise.resolve(
      stage.standIn.handle({ method: 'POST', url, headers: {}, body: Buffer.from(body) }),
    ).then((answer) => ({ status: answer.status, text: String(answer.body) }));
  };

  test('lets a fault happen', async () => {
    expect(await post('{"kind":"too-many-requests","count":2}')).toMatchObject({ status: 200 });
  });

  test('says what it can do nothing with', async () => {
    expect((await post('{"kind":"earthquake"}')).status).toBe(400);
    expect((await post('no JSON')).text).toContain('api-down');
    const absent = await post('{"kind":"lose-node","node":"nope"}');
    expect(absent.status).toBe(404);
    expect(textAt(JSON.parse(absent.text) as Json, 'error')).toContain('There is no node nope');
  });
});
