// What comes in by queue and HTTP, good and bad, on a whole stack: one submission, one job; every refusal with its
// reason.
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueClient } from '@azure/storage-queue';

import { readLedger } from '../../standins/stack/emulator-view';
import type { ListedJob } from '../../standins/stack/jobs-api';
import { counting, nodeProgram } from './support/example-specs';
import { groupOf, logOf, traceOf } from './support/proofs';
import { bootTestStack, isOverAndGone, type TestStack } from './support/test-stack';

let local: TestStack;
let queue: QueueClient;

beforeAll(async () => {
  local = await bootTestStack({ GPU_JOBS_EMULATOR_PROVISION_MS: '100', GPU_JOBS_EMULATOR_PULL_MS: '100' });
  queue = new QueueClient(local.stack.storageConnectionString, 'gpu-jobs');
  await queue.createIfNotExists();
}, 60_000);

afterAll(() => local.stop());

async function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${local.stack.functionsUrl}/api/jobs`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

/** The jobs that exist now and did not before. */
async function newJobs(before: readonly ListedJob[]): Promise<readonly ListedJob[]> {
  const known = new Set(before.map(({ id }) => id));
  return (await local.api.list()).filter(({ id }) => !known.has(id));
}

/** Waits for the one job that a message makes. */
async function jobOfMessage(before: readonly ListedJob[]): Promise<ListedJob> {
  for (;;) {
    const [job] = await newJobs(before);
    if (job !== undefined) return job;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Whether the queue has neither visible nor hidden messages: all that was sent is settled. */
async function queueIsSettled(): Promise<boolean> {
  return ((await queue.getProperties()).approximateMessagesCount ?? 0) === 0;
}

async function rejectedBytes(id: string): Promise<string> {
  const blobs = BlobServiceClient.fromConnectionString(
    local.stack.storageConnectionString,
  ).getContainerClient('rejected');
  for await (const { name } of blobs.listBlobsFlat({ prefix: id }))
    return (await blobs.getBlobClient(name).downloadToBuffer()).toString();
  throw new Error(`Nothing is kept of ${id}.`);
}

describe('one submission, one job', () => {
  test('the same key posted 20 times at once makes one job and one group', async () => {
    const body = JSON.stringify(counting(1, 10));
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post(body, { 'idempotency-key': 'twenty' })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    const ids = new Set(answers.map((answer) => answer.headers.get('location')?.split('/').at(-1)));
    expect(ids.size).toBe(1);
    const job = await local.untilJob([...ids][0] ?? '', isOverAndGone, 'over and gone');
    expect(job.state).toBe('Succeeded');
    expect(await traceOf(local, groupOf(job))).toEqual({ puts: 1, programs: 1, exists: false });
  });

  test('the same key with another spec is a conflict', async () => {
    const answer = await post(JSON.stringify(counting(2, 10)), { 'idempotency-key': 'twenty' });
    expect(answer.status).toBe(409);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  test('the same message sent twice makes one job and one group', async () => {
    const before = await local.api.list();
    const message = JSON.stringify({ ...counting(1, 10), idempotencyKey: 'a message sent twice' });
    await Promise.all([queue.sendMessage(message), queue.sendMessage(message)]);
    const { id } = await jobOfMessage(before);
    const job = await local.untilJob(id, isOverAndGone, 'over and gone');
    while (!(await queueIsSettled())) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await newJobs(before)).toHaveLength(1);
    expect(await traceOf(local, groupOf(job))).toEqual({ puts: 1, programs: 1, exists: false });
  });
});

describe('bad input', () => {
  test('an invalid spec by HTTP is refused with problem details that name each field', async () => {
    const answer = await post(JSON.stringify({ imgae: 'x', gpu: { count: 0 }, env: { A: 1 } }));
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({
      status: 400,
      errors: expect.arrayContaining([
        expect.objectContaining({ pointer: '/image' }),
        expect.objectContaining({ pointer: '/imgae' }),
        expect.objectContaining({ pointer: '/gpu/count' }),
        expect.objectContaining({ pointer: '/env/A' }),
      ]) as unknown,
    });
  });

  test.each([
    ['an invalid spec', '{"image":"x","gpu":{"count":0}}', '/gpu/count'],
    ['a message that is no JSON', 'run my job, please', 'not JSON'],
  ])(
    '%s by queue is a Rejected job with its reason, its message kept, and not tried again',
    async (_, text, why) => {
      const before = await local.api.list();
      await queue.sendMessage(text);
      const job = await jobOfMessage(before);
      expect(job).toMatchObject({ state: 'Rejected', reason: { code: 'invalid-spec' }, attempt: 0 });
      expect(job.reason?.message).toContain(why);
      expect(await rejectedBytes(job.id)).toBe(text);
      while (!(await queueIsSettled())) await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await newJobs(before)).toHaveLength(1);
    },
  );
});

describe('jobs that end badly', () => {
  test('an unknown image ends Failed for a reason of the image, is not tried again and leaves no group', async () => {
    const id = await local.api.submit({ image: 'docker.io/nobody/no-such-image:1' });
    const job = await local.untilJob(id, isOverAndGone, 'over and gone');
    expect(job).toMatchObject({
      state: 'Failed',
      reason: { code: 'image-not-found' },
      attempts: [{ number: 1 }],
    });
    expect(await traceOf(local, groupOf(job))).toEqual({ puts: 1, programs: 0, exists: false });
  });

  test('a program that exits 3 ends Failed with that code, its log archived, its group gone', async () => {
    const id = await local.api.submit(nodeProgram('console.log("giving up"); process.exit(3)'));
    const job = await local.untilJob(id, isOverAndGone, 'over and gone');
    expect(job).toMatchObject({
      state: 'Failed',
      exitCode: 3,
      reason: { code: 'exit-code', class: 'user' },
      attempts: [{ number: 1, exitCode: 3 }],
    });
    expect(await logOf(local, job)).toEqual({ archived: 'giving up\n', printed: 'giving up\n' });
    expect(await traceOf(local, groupOf(job))).toEqual({ puts: 1, programs: 1, exists: false });
  });
});

test('nothing is left when all is over', async () => {
  const { groups } = await readLedger(local.stack.emulatorUrl);
  expect(groups.filter(({ goneAt }) => goneAt === undefined)).toEqual([]);
});
