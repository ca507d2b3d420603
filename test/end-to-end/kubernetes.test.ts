// The guides' Kubernetes manifests, unchanged, on a stack whose container instances have no GPU any more: they fall to
// the local cluster, which shows the Job while it runs and nothing of it afterwards.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { QueueClient } from '@azure/storage-queue';
import { z } from 'zod';

import { HOST_PROCESS_IMAGE } from '../../standins/containers/known-images';
import { kubeconfigFile } from '../../standins/kubernetes/process-settings';
import {
  type ClusterAddress,
  listInCluster,
  readClusterLedger,
  readPrintedByJob,
} from '../../standins/stack/cluster-view';
import type { Job } from '../../standins/stack/jobs-api';
import { LOCAL_PLACEMENTS, localClusterPlacement } from '../../standins/stack/local-placements';
import { compiled } from '../../standins/stack/repository-root';
import { traceOfJob } from '../../standins/stack/trace';
import { knownJobs, newJob } from './support/new-job';
import { groupOf } from './support/proofs';
import { bootTestStack, isOverAndGone, type TestStack } from './support/test-stack';

const SAMPLES = join(__dirname, '../../samples/tensorflow-mnist');
const DOCUMENTS = join(__dirname, '../fixtures/documents');
const ON_CLUSTER = { image: HOST_PROCESS_IMAGE, placements: ['local-kubernetes'] };
/** A training takes five seconds of an idle core for 500 steps; CI's may be shared. */
const TRAINING_MS = 180_000;

let local: TestStack;
let cluster: ClusterAddress;

beforeAll(async () => {
  local = await bootTestStack(
    (stateFolder) => ({
      // Container instances come first and say that they still have GPUs; the service knows none.
      GPU_JOBS_PLACEMENTS: JSON.stringify([
        ...LOCAL_PLACEMENTS,
        localClusterPlacement(kubeconfigFile(stateFolder)),
      ]),
      GPU_JOBS_EMULATOR_GPU_OFFER: 'retired',
      GPU_JOBS_EMULATOR_PROVISION_MS: '100',
      GPU_JOBS_KUBERNETES_PULL_MS: '100',
      GPU_JOBS_KUBERNETES_SCALE_UP_MS: '500',
      GPU_JOBS_LOCAL_IMAGES: JSON.stringify({ 'example/finetune': [process.execPath, '-p', '"tuned"'] }),
    }),
    { kubernetes: true },
  );
  if (local.stack.kubernetes === undefined) throw new Error('The stack has no cluster.');
  cluster = local.stack.kubernetes;
}, 60_000);

afterAll(() => local.stop());

const submittedSchema = z.object({
  id: z.string(),
  notes: z.array(z.object({ kind: z.string(), message: z.string() })).optional(),
});

/** Waits until the cluster has this object, as `kubectl get` would show it. */
async function untilThere(name: string): Promise<void> {
  while (!(await listInCluster(cluster)).includes(name)) await sleep(50);
}

/** Expects one Job with one program on the cluster, its whole log archived, and nothing left. Resolves to the log. */
async function logOfOneRun(job: Job): Promise<string> {
  const number = job.attempts.length;
  const name = groupOf(job, number);
  const trace = traceOfJob(await readClusterLedger(cluster), name);
  expect(trace).toMatchObject({ creates: 1, programs: [{ exitCode: job.exitCode }] });
  expect(trace.goneAt).toBeDefined();
  expect((await listInCluster(cluster)).filter((object) => object.includes(job.id))).toEqual([]);
  const [archived, printed] = await Promise.all([
    local.api.log(job.id, number, 0),
    readPrintedByJob(cluster, name),
  ]);
  expect(archived.equals(printed)).toBe(true);
  return archived.toString();
}

/** The guides' output, after container instances refused the job for want of its GPU and the cluster took it. */
async function expectTrainedOnCluster(job: Job): Promise<void> {
  expect(job).toMatchObject({ state: 'Succeeded', exitCode: 0, gpu: { count: 1 }, cleanup: 'gone' });
  const last = job.attempts.at(-1);
  expect(last).toMatchObject({ placement: 'local-kubernetes', exitCode: 0 });
  const log = await logOfOneRun(job);
  expect(log).toMatch(/^Accuracy at step 490: 0\.\d{3}$/m);
  expect(log).toContain('\nAdding run metadata for 499\n');
}

test(
  'the Job of the guides runs on the cluster by HTTP, and its record tells which placements refused it before',
  async () => {
    const body = await readFile(join(SAMPLES, 'kubernetes-job.yaml'));
    const answer = await fetch(`${local.stack.functionsUrl}/api/jobs`, { method: 'POST', body });
    const { id } = submittedSchema.parse(await answer.json());
    await local.untilJob(id, ({ state }) => state === 'Running', 'running', TRAINING_MS);
    const running = await local.api.get(id);
    await untilThere(`jobs/${groupOf(running, running.attempts.length)}`);
    const job = await local.untilJob(id, isOverAndGone, 'over and gone', TRAINING_MS);
    await expectTrainedOnCluster(job);
    const refused = { reason: { code: 'capacity', class: 'infrastructure' }, cleanup: 'gone', logBytes: 0 };
    const before = job.attempts.slice(0, -1);
    expect(new Set(before.map(({ placement }) => placement))).toEqual(
      new Set(['local-eastus', 'local-westeurope']),
    );
    for (const attempt of before) expect(attempt).toMatchObject(refused);
    expect(job.attempts.at(-1)).toMatchObject({ placement: 'local-kubernetes', exitCode: 0 });
  },
  TRAINING_MS,
);

test(
  'a Job that asks for eight GPUs and nothing else runs on the node that has eight, with all of its CPU and memory',
  async () => {
    const env = { ...process.env, GPUJOBS_URL: local.stack.functionsUrl };
    const known = await knownJobs(local);
    const words = ['submit', 'eight-gpus-job.yaml', '--placement', 'local-kubernetes', '--follow'];
    const { stdout } = await promisify(execFile)(process.execPath, [compiled('cli/main'), ...words], {
      cwd: DOCUMENTS,
      env,
    });
    expect(stdout).toContain('tuned\n');
    const job = await local.untilJob(await newJob(local, known), isOverAndGone, 'over and gone', TRAINING_MS);
    expect(job.attempts).toMatchObject([
      { gpu: { count: 8, sku: 'A100' }, resources: { cpu: 90.25, memoryGb: 1800.2 }, exitCode: 0 },
    ]);
    await logOfOneRun(job);
  },
  TRAINING_MS,
);

test(
  'a Job that asks for slices of a GPU runs on the node that is cut into them, with their share of it',
  async () => {
    const env = { ...process.env, GPUJOBS_URL: local.stack.functionsUrl };
    const known = await knownJobs(local);
    await promisify(execFile)(
      process.execPath,
      [compiled('cli/main'), 'submit', 'sliced-gpu-job.yaml', '--follow'],
      { cwd: DOCUMENTS, env },
    );
    const job = await local.untilJob(await newJob(local, known), isOverAndGone, 'over and gone', TRAINING_MS);
    expect(job.attempts).toMatchObject([
      {
        placement: 'local-kubernetes',
        gpu: { count: 2, sku: 'mig-1g.10gb' },
        resources: { cpu: 6, memoryGb: 58.3 },
        exitCode: 0,
      },
    ]);
    await logOfOneRun(job);
  },
  TRAINING_MS,
);

test(
  'the Job of 2018 runs on the cluster by gpujobs, with a warning about its GPU',
  async () => {
    const env = { ...process.env, GPUJOBS_URL: local.stack.functionsUrl };
    const known = await knownJobs(local);
    const words = ['submit', 'kubernetes-job-2018.yaml', '--placement', 'local-kubernetes', '--follow'];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [compiled('cli/main'), ...words], {
      cwd: SAMPLES,
      env,
    });
    expect(stderr).toMatch(
      /^warning .*is no resource of Kubernetes since 1\.11; it is taken as nvidia\.com\/gpu$/m,
    );
    expect(stdout).toContain('\nAccuracy at step 490: ');
    const job = await local.untilJob(await newJob(local, known), isOverAndGone, 'over and gone', TRAINING_MS);
    expect(job.attempts).toHaveLength(1);
    await expectTrainedOnCluster(job);
  },
  TRAINING_MS,
);

test(
  'the Job of the guides, converted, runs on the cluster from the queue',
  async () => {
    const spec = await local.api.convert(await readFile(join(SAMPLES, 'kubernetes-job.yaml'), 'utf8'));
    const queue = new QueueClient(local.stack.storageConnectionString, 'gpu-jobs');
    await queue.createIfNotExists();
    const known = await knownJobs(local);
    await queue.sendMessage(JSON.stringify({ ...spec, placements: ['local-kubernetes'] }));
    const id = await newJob(local, known);
    const job = await local.untilJob(id, isOverAndGone, 'over and gone', TRAINING_MS);
    expect(job.attempts).toHaveLength(1);
    await expectTrainedOnCluster(job);
    const told: unknown = await (await fetch(`${local.stack.functionsUrl}/api/jobs/${id}`)).json();
    expect(told).toMatchObject({ source: 'queue' });
  },
  TRAINING_MS,
);

test('a secret variable reaches the program, and its Secret goes with the Job', async () => {
  const id = await local.api.submit({
    ...ON_CLUSTER,
    command: ['sh', '-c', 'echo ${#TOKEN} characters'],
    env: { TOKEN: { secure: 'open sesame' } },
  });
  const job = await local.untilJob(id, isOverAndGone, 'over and gone');
  expect(job).toMatchObject({ state: 'Succeeded' });
  expect(await logOfOneRun(job)).toBe('11 characters\n');
  const { objects } = await readClusterLedger(cluster);
  const secrets = objects.filter(({ resource, name }) => resource === 'secrets' && name.startsWith(id));
  expect(secrets).toMatchObject([{ goneAt: expect.any(Number) as unknown }]);
}, 60_000);

test('a canceled job ends its program, and nothing of it is left', async () => {
  const id = await local.api.submit({
    ...ON_CLUSTER,
    command: ['sh', '-c', 'echo begun; sleep 600'],
  });
  await local.untilJob(id, ({ attempts }) => (attempts[0]?.logBytes ?? 0) > 0, 'printing');
  await local.api.cancel(id);
  const job = await local.untilJob(id, isOverAndGone, 'over and gone');
  expect(job).toMatchObject({ state: 'Canceled' });
  const trace = traceOfJob(await readClusterLedger(cluster), groupOf(job));
  expect(trace.programs).toMatchObject([{ endedAt: expect.any(Number) as unknown }]);
  expect(trace.goneAt).toBeDefined();
}, 60_000);

test('a program that fails gives the job its exit code', async () => {
  const id = await local.api.submit({ ...ON_CLUSTER, command: ['sh', '-c', 'echo no; exit 7'] });
  const job = await local.untilJob(id, isOverAndGone, 'over and gone');
  expect(job).toMatchObject({ state: 'Failed', exitCode: 7, reason: { code: 'exit-code' } });
  expect(await logOfOneRun(job)).toBe('no\n');
}, 60_000);
