// What a job on a cluster waits for, as its record tells it: a node that is being added, a queue, a quota.
import type { JobView } from '../../api/jobs';
import { type KubernetesStage, setKubernetesStage } from '../backends/kubernetes/kubernetes-stage';
import { onCommit } from '../support/app/test-app';
import { createTestWorld, type TestWorld } from '../support/world/test-world';

const MINUTE = 60_000;
const JOBS = '/apis/batch/v1/namespaces/gpu-jobs/jobs';
/** Names no placement: the cluster is the only one. */
const T4_JOB = {
  image: 'example/program:1',
  gpu: { count: 1, sku: 'T4' },
  resources: { cpu: 1, memoryGb: 1.5 },
};

const lackingOf = ({ attempts }: JobView): string | undefined => attempts[0]?.lacking?.message;
const isOver = ({ outcome }: JobView): boolean => outcome !== undefined;

interface OnCluster {
  readonly world: TestWorld;
  readonly stage: KubernetesStage;
  /** What each write of the attempt's row said that its workload waits for, as often as it was written. */
  readonly written: (string | undefined)[];
}

async function clusterWorld(parts: Parameters<typeof setKubernetesStage>[0]): Promise<OnCluster> {
  const staged: KubernetesStage[] = [];
  const world = await createTestWorld(
    {},
    {
      elsewhere: (time) => {
        const stage = setKubernetesStage({ ...parts, time });
        staged.push(stage);
        return [{ placement: stage.configured, backend: stage.backend, facts: stage.facts }];
      },
    },
  );
  const [stage] = staged;
  if (stage === undefined) throw new Error('The world has no cluster.');
  const written: (string | undefined)[] = [];
  onCommit(world.app, (_n, write, changes) => {
    for (const change of changes)
      if (change.kind === 'replace-attempt') written.push(change.row.lacking?.message);
    return write();
  });
  return { world, stage, written };
}

/** A pool of nodes with one T4 each that begins empty. */
const GPU_POOL = {
  name: 'gpunp',
  min: 0,
  max: 1,
  instanceType: 'Standard_NC4as_T4_v3',
  allocatable: { cpu: '4', memory: '28Gi', pods: '30', 'nvidia.com/gpu': '1' },
  taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }],
};

/** As an administrator, or Kueue, changes the Job. */
async function patchJob({ stage }: OnCluster, name: string, patch: object): Promise<void> {
  const answer = await stage.standIn.handle({
    method: 'PATCH',
    url: new URL(`http://127.0.0.1${JOBS}/${name}`),
    headers: { authorization: `Bearer ${stage.token}`, 'content-type': 'application/merge-patch+json' },
    body: Buffer.from(JSON.stringify(patch)),
  });
  expect(answer.status).toBe(200);
}

test('no node: the job waits with the scheduler\'s words, then with "a node is being added", and runs on it', async () => {
  const pools = [
    { ...GPU_POOL, name: 'system', min: 1, allocatable: { cpu: '8', memory: '32Gi', pods: '30' } },
  ];
  const it = await clusterWorld({ life: { pools: [...pools, GPU_POOL], scaleUpMs: 90_000 } });
  it.stage.standIn.inject({ kind: 'no-nodes', on: true });
  const jobId = await it.world.submit(T4_JOB);
  const waiting = await it.world.until(jobId, (job) => lackingOf(job) !== undefined, MINUTE);
  expect(waiting).toMatchObject({
    state: 'Provisioning',
    attempts: [{ lacking: { code: 'capacity', class: 'infrastructure' } }],
  });
  expect(lackingOf(waiting)).toMatch(/^No node has room for the pod: 0\/1 nodes are available: /);
  await it.world.pass(2 * MINUTE);
  it.stage.standIn.inject({ kind: 'no-nodes', on: false });
  const coming = await it.world.until(jobId, (job) => lackingOf(job)?.startsWith('A node') === true, MINUTE);
  expect(lackingOf(coming)).toMatch(/^A node is being added for the pod: 0\/1 nodes are available: /);
  expect(coming.attempts[0]?.lacking?.since).toBe(waiting.attempts[0]?.lacking?.since);
  const job = await it.world.until(jobId, isOver, 5 * MINUTE);
  expect(job).toMatchObject({ outcome: 'Succeeded', attempts: [{ number: 1 }] });
  expect(lackingOf(job)).toBeUndefined();
  // The row is written when what looks show changes, and now and then to renew the story's promise.
  const looks = it.stage.sent.filter((request) => request === `GET ${JOBS}/${jobId}-1`).length;
  expect(looks).toBeGreaterThan(50);
  const changes = it.written.filter((what, at) => at > 0 && what !== it.written[at - 1]);
  expect(changes.map((what) => what?.slice(0, 7))).toEqual(['No node', 'A node ', undefined]);
  expect(it.written.filter((what) => what !== undefined).length).toBeLessThan(5);
});

test('a Job that its queue holds suspended waits, shown as such, and is no failure', async () => {
  const it = await clusterWorld({ placement: { kueueQueue: 'team-a' } });
  const jobId = await it.world.submit(T4_JOB);
  const waiting = await it.world.until(jobId, (job) => lackingOf(job) !== undefined, MINUTE);
  expect(waiting).toMatchObject({ state: 'Provisioning', attempts: [{ lacking: { code: 'capacity' } }] });
  expect(lackingOf(waiting)).toContain('suspended');
  await it.world.pass(10 * MINUTE);
  expect((await it.world.view(jobId)).outcome).toBeUndefined();
  expect(it.stage.starts()).toBe(0);
  await patchJob(it, `${jobId}-1`, { spec: { suspend: false } });
  const job = await it.world.until(jobId, isOver, 5 * MINUTE);
  expect(job).toMatchObject({ outcome: 'Succeeded', attempts: [{ number: 1, exitCode: 0 }] });
  expect(it.stage.starts()).toBe(1);
});

// Admission counts memory, as it does pods, cores and GPUs, so the job is not created in vain.
test('a job waits in the queue for a used-up quota of memory until it has room', async () => {
  const it = await clusterWorld({
    settings: {
      objects: [
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'gpu-jobs' } },
        {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata: { name: 'memory', namespace: 'gpu-jobs' },
          spec: { hard: { 'limits.memory': '2G' } },
        },
      ],
    },
    script: () => ({ prints: [], exit: { atMs: 3 * MINUTE, code: 0 } }),
  });
  const first = await it.world.submit(T4_JOB, 'first');
  await it.world.until(first, ({ state }) => state === 'Running', MINUTE);
  const second = await it.world.submit(T4_JOB, 'second');
  expect(await it.world.until(second, () => true, MINUTE)).toMatchObject({ state: 'Queued', attempts: [] });
  await it.world.until(first, isOver, 15 * MINUTE);
  expect(await it.world.until(second, ({ state }) => state !== 'Queued', 15 * MINUTE)).toBeDefined();
  for (const jobId of [first, second])
    expect(await it.world.until(jobId, isOver, 15 * MINUTE)).toMatchObject({ outcome: 'Succeeded' });
});

test('a job waits in the queue for a quota that admission counts', async () => {
  const it = await clusterWorld({
    settings: {
      objects: [
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'gpu-jobs' } },
        {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata: { name: 'pods', namespace: 'gpu-jobs' },
          spec: { hard: { pods: '1' } },
        },
      ],
    },
    script: () => ({ prints: [], exit: { atMs: 3 * MINUTE, code: 0 } }),
  });
  const first = await it.world.submit(T4_JOB, 'first');
  await it.world.until(first, ({ state }) => state === 'Running', MINUTE);
  const second = await it.world.submit(T4_JOB, 'second');
  expect(await it.world.until(first, isOver, 15 * MINUTE)).toMatchObject({ outcome: 'Succeeded' });
  const ended = await it.world.until(second, isOver, 15 * MINUTE);
  expect(ended).toMatchObject({ outcome: 'Succeeded', attempts: [{ number: 1 }] });
});
