// The files of all four guides, unchanged, on a stack with the default placements: they run on the stand-in for
// Container Apps, whose own record tells how often, and nothing of them is left there.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { QueueClient } from '@azure/storage-queue';
import { z } from 'zod';

import { HOST_PROCESS_IMAGE } from '../../standins/containers/known-images';
import { listDefinitions, readAppsLedger, readPrintedByDefinition } from '../../standins/stack/apps-view';
import type { Job } from '../../standins/stack/jobs-api';
import { compiled } from '../../standins/stack/repository-root';
import { traceOfDefinition } from '../../standins/stack/trace';
import { knownJobs, newJob } from './support/new-job';
import { groupOf } from './support/proofs';
import { bootTestStack, isOverAndGone, type TestStack } from './support/test-stack';

const SAMPLES = join(__dirname, '../../samples');
const APPS = 'local-container-apps';
const ON_APPS = { image: HOST_PROCESS_IMAGE, placements: [APPS] };
/** A training takes ten seconds of an idle core for 1,000 steps; CI's may be shared. */
const TRAINING_MS = 180_000;

let local: TestStack;
let apps: string;

beforeAll(async () => {
  local = await bootTestStack({}, { kubernetes: true, containerApps: true });
  if (local.stack.containerAppsUrl === undefined) throw new Error('The stack has no Container Apps.');
  apps = local.stack.containerAppsUrl;
}, 60_000);

afterAll(() => local.stop());

/** Posts a sample's bytes as they are; resolves when its job is over and gone. */
async function post(sample: string): Promise<Job> {
  const body = await readFile(join(SAMPLES, sample));
  const answer = await fetch(`${local.stack.functionsUrl}/api/jobs`, { method: 'POST', body });
  const { id } = z.object({ id: z.string() }).parse(await answer.json());
  return local.untilJob(id, isOverAndGone, 'over and gone', TRAINING_MS);
}

/**
 * Expects one definition, put and started once, with one program; its whole log archived, and nothing left. Resolves
 * to the log.
 */
async function logOfOneRun(job: Job): Promise<string> {
  expect(job.attempts).toMatchObject([{ number: 1, placement: APPS, exitCode: job.exitCode }]);
  const name = groupOf(job);
  const ledger = await readAppsLedger(apps);
  expect(ledger.puts.filter((put) => put.job === name)).toHaveLength(1);
  expect(ledger.executions.filter((execution) => execution.job === name)).toHaveLength(1);
  const trace = traceOfDefinition(ledger, name);
  expect(trace).toMatchObject({ creates: 1, programs: [{ exitCode: job.exitCode }] });
  expect(trace.goneAt).toBeDefined();
  expect((await listDefinitions(apps)).filter((definition) => definition.startsWith(job.id))).toEqual([]);
  const [archived, printed] = await Promise.all([
    local.api.log(job.id, 1, 0),
    readPrintedByDefinition(apps, name),
  ]);
  expect(archived.toString()).toBe(printed.toString());
  return archived.toString();
}

function expectSucceeded(job: Job): void {
  expect(job).toMatchObject({ state: 'Succeeded', exitCode: 0, cleanup: 'gone' });
}

/** Expects the output of the guides: an accuracy before each tenth step, metadata with each hundredth. */
function expectTrained(log: string, steps: number): void {
  expect(log).toMatch(new RegExp(`^Accuracy at step ${steps - 10}: 0\\.\\d{3}$`, 'm'));
  expect(log).toContain(`\nAdding run metadata for ${steps - 1}\n`);
}

test.each(['cuda-vector-add/gpu-deploy-aci.yaml', 'cuda-vector-add/gpudeploy.json'])(
  'the container group of %s runs by HTTP, with a T4 for its K80',
  async (sample) => {
    const job = await post(sample);
    expectSucceeded(job);
    expect(await logOfOneRun(job)).toContain('\nTest PASSED\nDone\n');
    const told: unknown = await (await fetch(`${local.stack.functionsUrl}/api/jobs/${job.id}`)).json();
    expect(told).toMatchObject({
      source: 'http',
      attempts: [{ gpu: { count: 1, sku: 'T4', insteadOf: 'K80' } }],
    });
  },
  TRAINING_MS,
);

test(
  'the training of the template runs its 1,000 steps by HTTP',
  async () => {
    const job = await post('tensorflow-mnist/gpudeploy.json');
    expectSucceeded(job);
    expectTrained(await logOfOneRun(job), 1_000);
  },
  TRAINING_MS,
);

test(
  'the Kubernetes Job of 2018 runs by gpujobs, which follows its log to the end',
  async () => {
    const known = await knownJobs(local);
    const words = ['submit', 'tensorflow-mnist/kubernetes-job-2018.yaml', '--placement', APPS, '--follow'];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [compiled('cli/main'), ...words], {
      cwd: SAMPLES,
      env: { ...process.env, GPUJOBS_URL: local.stack.functionsUrl },
    });
    const job = await local.untilJob(await newJob(local, known), isOverAndGone, 'over and gone');
    expectSucceeded(job);
    const log = await logOfOneRun(job);
    expectTrained(log, 500);
    expect(stdout).toContain(log);
    expect(stderr).toContain('✔ Succeeded');
  },
  TRAINING_MS,
);

test(
  'the Kubernetes Job of today, converted, runs from the queue',
  async () => {
    const manifest = await readFile(join(SAMPLES, 'tensorflow-mnist/kubernetes-job.yaml'), 'utf8');
    const queue = new QueueClient(local.stack.storageConnectionString, 'gpu-jobs');
    await queue.createIfNotExists();
    const known = await knownJobs(local);
    await queue.sendMessage(JSON.stringify(await local.api.convert(manifest)));
    const id = await newJob(local, known);
    const job = await local.untilJob(id, isOverAndGone, 'over and gone', TRAINING_MS);
    expectSucceeded(job);
    expectTrained(await logOfOneRun(job), 500);
    const told: unknown = await (await fetch(`${local.stack.functionsUrl}/api/jobs/${id}`)).json();
    expect(told).toMatchObject({ source: 'queue' });
  },
  TRAINING_MS,
);

test('a program that fails gives the job its exit code', async () => {
  const id = await local.api.submit({ ...ON_APPS, command: ['sh', '-c', 'echo no; exit 7'] });
  const job = await local.untilJob(id, isOverAndGone, 'over and gone');
  expect(job).toMatchObject({ state: 'Failed', exitCode: 7, reason: { code: 'exit-code' } });
  expect(await logOfOneRun(job)).toBe('no\n');
}, 60_000);

test('a secret variable reaches the program', async () => {
  const id = await local.api.submit({
    ...ON_APPS,
    command: ['sh', '-c', 'echo ${#TOKEN} characters'],
    env: { TOKEN: { secure: 'open sesame' } },
  });
  const job = await local.untilJob(id, isOverAndGone, 'over and gone');
  expectSucceeded(job);
  expect(await logOfOneRun(job)).toBe('11 characters\n');
}, 60_000);

test('a canceled job ends its program, and nothing of it is left', async () => {
  const id = await local.api.submit({ ...ON_APPS, command: ['sh', '-c', 'echo begun; sleep 600'] });
  await local.untilJob(id, ({ attempts }) => (attempts[0]?.logBytes ?? 0) > 0, 'printing');
  await local.api.cancel(id);
  const job = await local.untilJob(id, isOverAndGone, 'over and gone');
  expect(job).toMatchObject({ state: 'Canceled' });
  const trace = traceOfDefinition(await readAppsLedger(apps), groupOf(job));
  expect(trace).toMatchObject({ creates: 1, programs: [{ endedAt: expect.any(Number) as unknown }] });
  expect(trace.goneAt).toBeDefined();
  expect(await listDefinitions(apps)).toEqual([]);
}, 60_000);
