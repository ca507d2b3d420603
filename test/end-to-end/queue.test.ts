// The guide to the queue on a whole stack: its snippet makes a job that runs, and keys do what its table says.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { BlobServiceClient } from '@azure/storage-blob';
import { QueueClient } from '@azure/storage-queue';

import type { ListedJob } from '../../standins/stack/jobs-api';
import { counting } from './support/example-specs';
import { logOf } from './support/proofs';
import { bootTestStack, isOverAndGone, type TestStack } from './support/test-stack';

const ROOT = resolve(__dirname, '../..');

let local: TestStack;
let queue: QueueClient;

beforeAll(async () => {
  local = await bootTestStack({
    GPU_JOBS_EMULATOR_PROVISION_MS: '100',
    GPU_JOBS_EMULATOR_PULL_MS: '100',
    AzureFunctionsJobHost__extensions__queues__visibilityTimeout: '00:00:00', // What fails is tried again at once.
  });
  queue = new QueueClient(local.stack.storageConnectionString, 'gpu-jobs');
  await queue.createIfNotExists();
}, 60_000);

afterAll(() => local.stop());

/** The code block of the guide in that language. */
async function snippet(language: string): Promise<string> {
  const guide = await readFile(resolve(ROOT, 'docs/queue.md'), 'utf8');
  const [, code] = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'm').exec(guide) ?? [];
  if (code === undefined) throw new Error(`docs/queue.md has no code block in ${language}.`);
  return code;
}

/** Runs the code as a person would, in a process of its own. */
async function run(code: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gpu-jobs-snippet-'));
  try {
    await writeFile(join(folder, 'send.ts'), code);
    const env = {
      ...process.env,
      NODE_PATH: join(ROOT, 'node_modules'),
      AZURE_STORAGE_CONNECTION_STRING: local.stack.storageConnectionString,
    };
    const register = join(ROOT, 'proofs/register.js');
    const args = ['--require', register, join(folder, 'send.ts')];
    return (await promisify(execFile)(process.execPath, args, { env, timeout: 30_000 })).stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function jobsWhen(enough: (jobs: readonly ListedJob[]) => boolean): Promise<readonly ListedJob[]> {
  for (;;) {
    const jobs = await local.api.list();
    if (enough(jobs)) return jobs;
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

/** What is kept of a message that could not become a job. */
async function rejectedBytes(jobId: string): Promise<string> {
  const service = BlobServiceClient.fromConnectionString(local.stack.storageConnectionString);
  const blob = service.getContainerClient('rejected').getBlobClient(jobId);
  return (await blob.downloadToBuffer()).toString('utf8');
}

/** Runs the minute's tick now. */
async function runTick(): Promise<void> {
  const answer = await fetch(`${local.stack.functionsUrl}/admin/functions/tick`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"input":""}',
  });
  expect(answer.status).toBe(202);
}

test('the TypeScript snippet makes one job however often it runs, and the job runs', async () => {
  const code = await snippet('ts');
  expect(await run(code)).toMatch(/^sent [0-9a-f-]{36}\n$/);
  await run(code);
  const [listed] = await jobsWhen((jobs) => jobs.length > 0);
  const job = await local.untilJob(listed?.id ?? '', isOverAndGone, 'over and gone');
  expect(job).toMatchObject({ name: 'from TypeScript', state: 'Succeeded', exitCode: 0 });
  expect((await logOf(local, job)).archived).toContain('Test PASSED');
  expect(await local.api.list()).toHaveLength(1);
}, 90_000);

test('a key that has made another job is Rejected, and says which', async () => {
  const known = (await local.api.list()).map(({ id }) => id);
  const others = (jobs: readonly ListedJob[]): readonly ListedJob[] =>
    jobs.filter(({ id }) => !known.includes(id));
  await queue.sendMessage(JSON.stringify({ ...counting(1, 10), idempotencyKey: 'twice' }));
  const [first] = others(await jobsWhen((jobs) => others(jobs).length === 1));
  await queue.sendMessage(JSON.stringify({ ...counting(2, 10), idempotencyKey: 'twice' }));
  const second = others(await jobsWhen((jobs) => others(jobs).length === 2)).find(
    ({ id }) => id !== first?.id,
  );
  expect(second).toMatchObject({ state: 'Rejected', reason: { code: 'invalid-spec' } });
  expect(second?.reason?.message).toContain(`"twice" has made ${first?.id ?? ''}`);
}, 60_000);

test('events with an id of their own are Rejected and kept, each as a job, whatever of the metadata they replace', async () => {
  const known = (await local.api.list()).map(({ id }) => id);
  const others = (jobs: readonly ListedJob[]): readonly ListedJob[] =>
    jobs.filter(({ id }) => !known.includes(id));
  const event = { specversion: '1.0', id: 'A234-1234-1234', source: '/mycontext', type: 'com.example' };
  const replacing = {
    dequeueCount: 9,
    INSERTIONTIME: 'x',
    expirationtime: {},
    NextVisibleTime: 1,
    popReceipt: 'p',
  };
  const sent = [
    { ...event, data: { n: 1 } },
    { ...event, data: { n: 2 } },
    { ...event, id: { deep: true } },
    { ...event, ...replacing, queueTrigger: 'q' },
  ];
  for (const message of sent) await queue.sendMessage(JSON.stringify(message));
  const jobs = others(await jobsWhen((all) => others(all).length >= sent.length));
  expect(jobs.map(({ state }) => state)).toEqual(sent.map(() => 'Rejected'));
  const kept = await Promise.all(jobs.map(({ id }) => rejectedBytes(id)));
  expect(kept.map((text) => JSON.parse(text) as unknown)).toEqual(expect.arrayContaining(sent));
}, 60_000);

test('a message that no function can be given is kept by the tick', async () => {
  const known = (await local.api.list()).map(({ id }) => id);
  const tooDeep = `{"id":"x","a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`; // The worker's own conversion overflows.
  await queue.sendMessage(tooDeep);
  const poison = new QueueClient(local.stack.storageConnectionString, 'gpu-jobs-poison');
  const isPoisoned = async (): Promise<boolean> =>
    (await poison.exists()) && ((await poison.getProperties()).approximateMessagesCount ?? 0) > 0;
  while (!(await isPoisoned())) await new Promise((wake) => setTimeout(wake, 50));
  await runTick();
  const [job] = (await jobsWhen((all) => all.some(({ id }) => !known.includes(id)))).filter(
    ({ id }) => !known.includes(id),
  );
  expect(job).toMatchObject({ state: 'Rejected' });
  expect(await rejectedBytes(job?.id ?? '')).toMatch(/^\{"id":"x","a":\[\[/);
}, 60_000);

test('the JSON of the guide and of its other snippets are specs', async () => {
  const guide = await readFile(resolve(ROOT, 'docs/queue.md'), 'utf8');
  const az = /--content '([^']*)'/.exec(guide)?.[1] ?? '';
  for (const text of [await snippet('json'), az]) {
    const answer = await fetch(`${local.stack.functionsUrl}/api/convert`, { method: 'POST', body: text });
    expect(await answer.json()).toMatchObject({ spec: JSON.parse(text) as object, notes: [] });
  }
});
