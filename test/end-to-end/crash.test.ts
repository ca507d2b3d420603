// `kill -9` of the functions host at many points of a job's life. After a restart the job ends as if nothing had
// happened.
import { setTimeout as sleep } from 'node:timers/promises';

import { QueueClient } from '@azure/storage-queue';

import type { Job } from '../../standins/stack/jobs-api';
import { counting } from './support/example-specs';
import { groupOf, logOf, traceOf } from './support/proofs';
import { bootTestStack, isOverAndGone, type TestStack } from './support/test-stack';

let local: TestStack;
/** A job killed between intent and create. The last test looks at it, because it is given up only after its time. */
let cutOff: { readonly id: string };

beforeAll(async () => {
  local = await bootTestStack({
    GPU_JOBS_LOCAL_QUEUE_VISIBILITY_S: '2',
    // Long enough to be seen by a busy app, which looks every 200 ms, and by this test, which looks after it.
    GPU_JOBS_EMULATOR_PROVISION_MS: '1000',
    GPU_JOBS_EMULATOR_PULL_MS: '1000',
    GPU_JOBS_EMULATOR_DELETE_MS: '400',
  });
  const { death } = await local.armHost('PUT /containerGroups/');
  const submission = local.api.submit(counting(2, 10), 'cut-off').catch(() => undefined);
  await death;
  await submission; // Its answer may have died with the host. The same submission again returns the id.
  await local.stack.start('functions-host');
  cutOff = { id: await local.api.submit(counting(2, 10), 'cut-off') };
}, 60_000);

afterAll(() => local.stop());

/** Looked for during the life of the job. The group exists before each of them. */
const points: readonly (readonly [string, (job: Job) => boolean])[] = [
  ['provisioning', ({ state }) => state === 'Provisioning'],
  ['pulling', ({ state }) => state === 'Pulling'],
  ['running', ({ state, attempts }) => state === 'Running' && (attempts[0]?.logBytes ?? 0) > 0],
  ['archiving', ({ state, outcome }) => state === 'Archiving' || outcome !== undefined],
  ['being removed', ({ outcome, cleanup }) => outcome !== undefined && cleanup === 'requested'],
];

test.each(points)(
  'a host killed while its job is %s loses nothing and does nothing twice',
  async (point, reached) => {
    const id = await local.api.submit(counting(20, 60));
    while ((await traceOf(local, groupOf({ id }))).puts === 0) await sleep(20);
    const before = await local.untilJob(id, reached, point);
    await local.killHost();
    await local.stack.start('functions-host');

    const job = await local.untilJob(id, isOverAndGone, 'over and gone');
    expect({ before, job }).toMatchObject({
      job: { state: 'Succeeded', exitCode: 0, cleanup: 'gone', attempts: [{ number: 1 }] },
    });
    expect(await traceOf(local, groupOf(job))).toEqual({ puts: 1, programs: 1, exists: false });
    const { archived, printed } = await logOf(local, job);
    expect(archived).toBe(printed);
    expect(printed).toMatch(/line 20 of 20 äöü$/);
  },
  60_000,
);

test('a host killed as soon as it has taken a job loses nothing and does nothing twice', async () => {
  const id = await local.api.submit(counting(2, 10));
  await local.killHost();
  await local.stack.start('functions-host');

  // A death before the story began leaves the job to the next tick.
  const job = await local.untilJob(id, isOverAndGone, 'over and gone', 100_000);
  expect(job).toMatchObject({ state: 'Succeeded', exitCode: 0, cleanup: 'gone' });
  // Death may have come between intent and create: then that attempt was given up, and the next one ran.
  const last = job.attempts.length;
  for (const { number, reason } of job.attempts) {
    const ran = number === last ? 1 : 0;
    if (ran === 0) expect(reason?.code).toBe('given-up');
    expect(await traceOf(local, groupOf(job, number))).toEqual({ puts: ran, programs: ran, exists: false });
  }
  expect(last).toBeLessThanOrEqual(2);
  const { archived, printed } = await logOf(local, job, last);
  expect(archived).toBe(printed);
}, 120_000);

test('a message whose host dies before it can delete it comes twice and still makes one job and one group', async () => {
  const { death } = await local.armHost('DELETE /gpu-jobs/messages/');
  const queue = new QueueClient(local.stack.storageConnectionString, 'gpu-jobs');
  await queue.sendMessage(JSON.stringify({ ...counting(2, 10), name: 'delivered twice' }));
  await death;
  expect((await queue.getProperties()).approximateMessagesCount).toBe(1);
  await local.stack.start('functions-host');
  while ((await queue.getProperties()).approximateMessagesCount !== 0) await sleep(50);

  const jobs = (await local.api.list()).filter(({ name }) => name === 'delivered twice');
  expect(jobs).toHaveLength(1);
  const job = await local.untilJob(jobs[0]?.id ?? '', isOverAndGone, 'over and gone');
  expect(job).toMatchObject({ state: 'Succeeded', attempts: [{ number: 1 }] });
  expect(await traceOf(local, groupOf(job))).toEqual({ puts: 1, programs: 1, exists: false });
}, 60_000);

test('a host killed between intent and create gives the attempt up after its time, and the next one succeeds', async () => {
  const job = await local.untilJob(cutOff.id, isOverAndGone, 'over and gone');
  expect(job).toMatchObject({
    state: 'Succeeded',
    exitCode: 0,
    attempts: [{ number: 1, reason: { code: 'given-up', class: 'infrastructure' } }, { number: 2 }],
  });
  expect(await traceOf(local, groupOf(job, 1))).toEqual({ puts: 0, programs: 0, exists: false });
  expect(await traceOf(local, groupOf(job, 2))).toEqual({ puts: 1, programs: 1, exists: false });
}, 60_000);
