// `kill -9` of the functions host at many points of a job's life: after a restart the job ends as if nothing had happened.
import { resolve } from 'node:path';

import type { Job } from '../../local/stack/jobs-api';
import { counting } from './support/example-specs';
import { groupOf, logOf, traceOf } from './support/proofs';
import { bootTestStack, isOverAndGone, type TestStack } from './support/test-stack';

const DIE_AT_CREATE = resolve(__dirname, '../fixtures/crash/die-at-create.js');

let local: TestStack;
/** Killed between intent and create; looked at by the last test, since it is given up only after its time. */
let cutOff: { readonly id: string };

beforeAll(async () => {
  local = await bootTestStack({ NODE_OPTIONS: process.env['NODE_OPTIONS'] ?? '' });
  await local.killHost();
  await local.stack.start('functions-host', { NODE_OPTIONS: `--require ${DIE_AT_CREATE}` });
  const dying = local.stack.process('functions-host');
  const id = await local.api.submit(counting(2, 10), 'cut-off').catch(() => undefined);
  await dying.ended;
  await local.stack.start('functions-host');
  // The answer may have died with the host: the same submission again tells the id.
  cutOff = { id: id ?? (await local.api.submit(counting(2, 10), 'cut-off')) };
}, 60_000);

afterAll(() => local.stop());

const points: readonly (readonly [string, (job: Job) => boolean])[] = [
  ['just submitted', () => true],
  ['provisioning', ({ state }) => state === 'Provisioning'],
  ['pulling', ({ state }) => state === 'Pulling'],
  ['running', ({ state, attempts }) => state === 'Running' && (attempts[0]?.logBytes ?? 0) > 0],
  ['archiving', ({ state, outcome }) => state === 'Archiving' || outcome !== undefined],
  ['being removed', ({ outcome, cleanup }) => outcome !== undefined && cleanup !== 'none'],
];

test.each(points)(
  'a host killed while its job is %s loses nothing and does nothing twice',
  async (point, reached) => {
    const id = await local.api.submit(counting(20, 60));
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
