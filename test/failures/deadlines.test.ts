import type { JobView } from '../../api/jobs';
import { type Deadlines, DEFAULT_DEADLINES, expiresAt, MAX_DEADLINES } from '../../domain/attempt/deadlines';
import { deadlinesOf, parseJobSpec } from '../../domain/spec/job-spec';
import { readLogs } from '../../jobs/logs/read-logs';
import type { WireRequest } from '../../standins/wire/handler';
import { armError, ENDS_WELL, NEVER_ENDS } from '../support/world/region';
import { createTestWorld, GPU_JOB, type TestWorld } from '../support/world/test-world';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ONE_PLACE = {
  workloads: 1,
  creates: [
    { per: 300, most: 100 },
    { per: 3600, most: 300 },
  ],
};
const NAMES = ['queued', 'provisioning', 'pulling', 'running', 'archiving'] as const;

const isOver = ({ outcome }: JobView): boolean => outcome !== undefined;
const isGone = ({ cleanup }: JobView): boolean => cleanup === 'gone';

async function log(
  world: TestWorld,
  jobId: string,
): Promise<{ text: string; final: boolean; gaps: readonly object[] }> {
  const ref = { jobId, attempt: 1, container: 'program' };
  const { bytes, final, gaps } = await readLogs(world.ports.logArchive, ref, { from: 0, maxBytes: 10_000 });
  return { text: bytes.toString(), final, gaps };
}

describe('each deadline', () => {
  test.each(NAMES)('%s has a default, an override, an upper bound and a lower one', (name) => {
    const asked = { ...DEFAULT_DEADLINES, [name]: MAX_DEADLINES[name] };
    const spec = (value: number): unknown => ({ image: 'a', deadlines: { [name]: value } });
    const parsed = parseJobSpec(spec(MAX_DEADLINES[name]), 600);
    expect(parsed.ok && deadlinesOf(parsed.spec)).toEqual(asked);
    expect(deadlinesOf({ image: 'a' })[name]).toBe(DEFAULT_DEADLINES[name]);
    expect(parseJobSpec(spec(MAX_DEADLINES[name] + 1), 600)).toMatchObject({
      ok: false,
      problems: [{ pointer: `/deadlines/${name}` }],
    });
    expect(parseJobSpec(spec(0), 600).ok).toBe(false);
  });
});

describe('a job past its deadline', () => {
  test('queued: TimedOut, nothing created', async () => {
    const world = await createTestWorld({ one: { scripts: [NEVER_ENDS], placement: { limits: ONE_PLACE } } });
    await world.submit(GPU_JOB, 'first');
    const jobId = await world.submit({ ...GPU_JOB, deadlines: { queued: 300 } }, 'second');
    await world.pass(4 * MINUTE);
    expect(await world.view(jobId)).toMatchObject({ state: 'Queued' });
    expect(await world.until(jobId, isOver, 3 * MINUTE)).toMatchObject({
      outcome: 'TimedOut',
      reason: { code: 'queued-deadline', class: 'user' },
      attempts: [],
    });
  });

  test('provisioning that never ends: a failure of infrastructure, the group removed, the next placement tried', async () => {
    const stuck = { provisionMs: DAY, provisioningTimeoutMs: DAY };
    const world = await createTestWorld({ one: { settings: stuck }, two: {} });
    const jobId = await world.submit({ ...GPU_JOB, deadlines: { provisioning: 900 } });
    await world.pass(14 * MINUTE);
    expect(await world.view(jobId)).toMatchObject({ state: 'Provisioning' });
    const job = await world.until(jobId, isOver, 10 * MINUTE);
    expect(job).toMatchObject({
      outcome: 'Succeeded',
      attempts: [
        {
          placement: 'one',
          cleanup: 'gone',
          reason: { code: 'provisioning-deadline', class: 'infrastructure' },
        },
        { placement: 'two' },
      ],
    });
    expect(world.emulators.get('one')?.groupCount()).toBe(0);
  });

  test('provisioning that the platform itself gives up after 30 minutes: given up, the next placement tried', async () => {
    const world = await createTestWorld({ one: { settings: { provisionMs: DAY } }, two: {} });
    const jobId = await world.submit({ ...GPU_JOB, deadlines: { provisioning: 3_600 } });
    expect(await world.until(jobId, isOver, HOUR)).toMatchObject({
      outcome: 'Succeeded',
      attempts: [{ reason: { code: 'given-up', class: 'infrastructure' } }, { placement: 'two' }],
    });
  });

  test('pulling that never ends: a failure of infrastructure, the group removed', async () => {
    const world = await createTestWorld({ one: { settings: { pullMs: DAY, provisioningTimeoutMs: DAY } } });
    const jobId = await world.submit({ ...GPU_JOB, deadlines: { pulling: 120 }, retry: { attempts: 1 } });
    await world.pass(MINUTE);
    expect(await world.view(jobId)).toMatchObject({ state: 'Pulling' });
    expect(await world.until(jobId, isOver, 3 * MINUTE)).toMatchObject({
      outcome: 'Failed',
      reason: { code: 'pulling-deadline', class: 'infrastructure' },
    });
    await world.until(jobId, isGone, 5 * MINUTE);
    expect(world.emulators.get('one')?.groupCount()).toBe(0);
  });

  test('running: TimedOut with its log so far, the program ended', async () => {
    const world = await createTestWorld({ one: { scripts: [NEVER_ENDS] } });
    const jobId = await world.submit({ ...GPU_JOB, deadlines: { running: 600 } });
    await world.pass(9 * MINUTE);
    expect(await world.view(jobId)).toMatchObject({ state: 'Running' });
    expect(await world.until(jobId, isOver, 2 * MINUTE)).toMatchObject({
      outcome: 'TimedOut',
      reason: { code: 'running-deadline', class: 'user' },
    });
    expect(await log(world, jobId)).toEqual({ text: 'hello\n', final: true, gaps: [] });
    await world.until(jobId, isGone, 5 * MINUTE);
    expect(world.emulators.get('one')?.ledger().programs).toMatchObject([{ exitCode: 143 }]);
  });

  test('archiving: the workload goes, the missing end is marked in the log, the outcome stays what it is', async () => {
    let broken = false;
    const intercept = ({ url }: WireRequest): ReturnType<typeof armError> | undefined =>
      broken && url.pathname.endsWith('/logs') ? armError(500, 'InternalServerError', 'No log.') : undefined;
    const lines = [1, 4_000].map((atMs) => ({ atMs, text: `at ${atMs}\n` }));
    const world = await createTestWorld({ one: { intercept, scripts: [{ ...ENDS_WELL, prints: lines }] } });
    const jobId = await world.submit({ ...GPU_JOB, deadlines: { archiving: 300 } });
    await world.until(jobId, ({ attempts }) => (attempts[0]?.logBytes ?? 0) > 0, MINUTE);
    broken = true;
    await world.pass(4 * MINUTE);
    expect(await world.view(jobId)).toMatchObject({ state: 'Archiving', cleanup: 'none' });
    const job = await world.until(jobId, isOver, 2 * MINUTE);
    expect(job).toMatchObject({
      outcome: 'Succeeded',
      attempts: [{ archivingReason: { code: 'archiving-deadline', class: 'infrastructure' } }],
    });
    expect(await log(world, jobId)).toMatchObject({
      text: 'at 1\n',
      final: true,
      gaps: [{ at: 5, kind: 'unavailable', why: expect.stringContaining('No log.') as unknown }],
    });
    await world.until(jobId, isGone, 5 * MINUTE);
  });
});

describe('expires-at', () => {
  test('is the creation and all deadlines but queued, and ten minutes more, in the tags of the group', async () => {
    const deadlines: Deadlines = { queued: 9, provisioning: 700, pulling: 20, running: 30, archiving: 40 };
    expect(expiresAt(0, deadlines)).toBe((700 + 20 + 30 + 40 + 600) * SECOND);
    const tags: unknown[] = [];
    const intercept = ({ method, body }: WireRequest): undefined => {
      if (method === 'PUT') tags.push(JSON.parse(body.toString()));
      return undefined;
    };
    const world = await createTestWorld({ one: { intercept } });
    const createdAt = world.now();
    await world.until(await world.submit({ ...GPU_JOB, deadlines }), isOver, MINUTE);
    expect(tags).toMatchObject([
      {
        tags: {
          'gpu-jobs-created': String(createdAt / SECOND),
          'gpu-jobs-expires-at': String(createdAt / SECOND + 1_390),
        },
      },
    ]);
  });

  test('ends a job whose workload can not be read any more, and its group goes once it can be', async () => {
    let silent = false;
    const intercept = ({ method }: WireRequest): ReturnType<typeof armError> | undefined =>
      silent && method === 'GET' ? armError(403, 'AuthorizationFailed', 'No.') : undefined;
    const world = await createTestWorld({ one: { intercept, scripts: [NEVER_ENDS] } });
    const jobId = await world.submit({
      ...GPU_JOB,
      deadlines: { provisioning: 600, pulling: 60, running: 600 },
    });
    await world.until(jobId, ({ state }) => state === 'Running', MINUTE);
    silent = true;
    await world.pass(35 * MINUTE);
    expect(await world.view(jobId)).toMatchObject({ state: 'Running' });
    expect(await world.until(jobId, isOver, 10 * MINUTE)).toMatchObject({
      outcome: 'TimedOut',
      reason: { code: 'expired', class: 'infrastructure' },
    });
    silent = false;
    await world.until(jobId, isGone, 10 * MINUTE);
    expect(world.emulators.get('one')?.groupCount()).toBe(0);
  });
});
