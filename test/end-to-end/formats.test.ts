// The documents that people already have, unchanged: submitted to a whole stack, they run to the output that their
// guides promise.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { QueueClient } from '@azure/storage-queue';
import { z } from 'zod';

import type { Job } from '../../standins/stack/jobs-api';
import { compiled } from '../../standins/stack/repository-root';
import { logOf } from './support/proofs';
import { bootTestStack, isOverAndGone, type TestStack } from './support/test-stack';

const SAMPLES = join(__dirname, '../../samples');
/** A training takes five seconds of an idle core for 500 steps; CI's may be shared. */
const TRAINING_MS = 180_000;

let local: TestStack;

beforeAll(async () => {
  local = await bootTestStack({ GPU_JOBS_EMULATOR_PROVISION_MS: '100', GPU_JOBS_EMULATOR_PULL_MS: '100' });
}, 60_000);

afterAll(() => local.stop());

const answerSchema = z.object({
  id: z.string(),
  notes: z.array(z.object({ kind: z.string(), message: z.string() })).optional(),
});

/** Posts a sample's bytes as they are, without naming their format. */
async function post(sample: string): Promise<z.infer<typeof answerSchema>> {
  const body = await readFile(join(SAMPLES, sample));
  const answer = await fetch(`${local.stack.functionsUrl}/api/jobs`, { method: 'POST', body });
  const text = await answer.text();
  expect({ status: answer.status, text }).toMatchObject({ status: 202 });
  return answerSchema.parse(JSON.parse(text));
}

/** The output of `gpujobs`. Rejects unless it exits with 0. */
async function gpujobs(...words: string[]): Promise<string> {
  const env = { ...process.env, GPUJOBS_URL: local.stack.functionsUrl };
  const { stdout } = await promisify(execFile)(process.execPath, [compiled('cli/main'), ...words], {
    cwd: SAMPLES,
    env,
  });
  return stdout;
}

/** The job that was submitted last. */
async function newestJob(): Promise<Job> {
  const [newest] = await local.api.list();
  return untilGone(newest?.id ?? '');
}

async function untilGone(id: string): Promise<Job> {
  for (;;) {
    const job = await local.api.get(id);
    if (isOverAndGone(job)) return job;
    await sleep(50);
  }
}

/** The log of a job that succeeded, complete. */
async function logOfSucceeded(job: Job): Promise<string> {
  expect(job).toMatchObject({ state: 'Succeeded', exitCode: 0, attempts: [{ number: 1 }] });
  const { archived, printed } = await logOf(local, job);
  expect(archived).toBe(printed);
  return archived;
}

test.each([
  'cuda-vector-add/job.json',
  'cuda-vector-add/job.yaml',
  'cuda-vector-add/gpu-deploy-aci.yaml',
  'cuda-vector-add/gpudeploy.json',
  'cuda-vector-add/kubernetes-job.yaml',
])('%s runs to its "Test PASSED"', async (sample) => {
  const job = await untilGone((await post(sample)).id);
  expect(job.gpu).toEqual({ count: 1, sku: 'K80' });
  expect(await logOfSucceeded(job)).toContain('\nTest PASSED\nDone\n');
});

test('the native vector addition runs to its "Test PASSED" from the queue too', async () => {
  const queue = new QueueClient(local.stack.storageConnectionString, 'gpu-jobs');
  await queue.createIfNotExists();
  const known = new Set((await local.api.list()).map(({ id }) => id));
  await queue.sendMessage(await readFile(join(SAMPLES, 'cuda-vector-add/job.json'), 'utf8'));
  const messageMade = async (): Promise<string> => {
    for (;;) {
      const listed = (await local.api.list()).find(({ id }) => !known.has(id));
      if (listed !== undefined) return listed.id;
      await sleep(50);
    }
  };
  expect(await logOfSucceeded(await untilGone(await messageMade()))).toContain('\nTest PASSED\n');
});

test.each([
  ['cuda-vector-add/gpu-deploy-aci.yaml', '--location', 'eastus'],
  ['cuda-vector-add/gpudeploy.json', '--parameters', 'containerGroupName=mine'],
])('gpujobs submit %s %s %s runs to its "Test PASSED" and exits as the program does', async (...words) => {
  expect(await gpujobs('submit', ...words, '--follow')).toContain('\nTest PASSED\nDone\n');
  const job = await newestJob();
  expect(job.name).toBe(words[0].endsWith('.json') ? 'mine' : 'gpucontainergroup');
  await logOfSucceeded(job);
});

test('the nightly training is a schedule that will fire in the small hours of Berlin', async () => {
  const added = await gpujobs(
    ...['schedule', 'add', 'nightly-training', 'nightly-training/schedule.json', '--output', 'json'],
  );
  await gpujobs('schedule', 'remove', 'nightly-training'); // No job of it may disturb the next tests.
  const { next, overlap } = z
    .object({ next: z.array(z.string()), overlap: z.string() })
    .parse(JSON.parse(added));
  const hours = next.map((instant) =>
    new Date(instant).toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' }),
  );
  expect({ hours, overlap }).toEqual({ hours: ['04:30:00', '04:30:00', '04:30:00'], overlap: 'skip' });
});

// The other formats of the training make the very same job as the template: test/samples/formats.test.ts.
describe('the training', () => {
  test(
    'runs its 1,000 steps from the template, submitted by HTTP',
    async () => {
      const job = await untilGone((await post('tensorflow-mnist/gpudeploy.json')).id);
      expect(job.gpu).toEqual({ count: 1, sku: 'V100' });
      expectTrained(await logOfSucceeded(job), 1_000);
    },
    TRAINING_MS,
  );

  test(
    'runs 500 steps from the Kubernetes Job, submitted by HTTP',
    async () => {
      const job = await untilGone((await post('tensorflow-mnist/kubernetes-job.yaml')).id);
      expect(job).toMatchObject({ gpu: { count: 1 }, labels: { app: 'samples-tf-mnist-demo' } });
      expectTrained(await logOfSucceeded(job), 500);
    },
    TRAINING_MS,
  );

  test(
    'runs 500 steps from the Kubernetes Job of 2018, submitted by gpujobs',
    async () => {
      const printed = await gpujobs('submit', 'tensorflow-mnist/kubernetes-job-2018.yaml', '--follow');
      const log = await logOfSucceeded(await newestJob());
      expect(printed).toContain(log);
      expectTrained(log, 500);
    },
    TRAINING_MS,
  );
});

/** Expects the output of the guides: the accuracy before each tenth step, metadata with each hundredth. */
function expectTrained(log: string, steps: number): void {
  expect(log).toContain(`\nAdding run metadata for ${steps - 1}\n`);
  const [, accuracy] = new RegExp(`^Accuracy at step ${steps - 10}: (0\\.\\d{3})$`, 'm').exec(log) ?? [];
  expect(Number(accuracy)).toBeGreaterThan(0.8); // It has learned something.
  expect(log).not.toContain(`Accuracy at step ${steps}:`);
}
