import type { AttemptRow } from '../../../domain/attempt/attempt';
import { reason } from '../../../domain/job/failure-reason';
import type { JobRow } from '../../../domain/job/job';
import type { Observation } from '../../../domain/ports/compute-backend';
import { advance } from '../../../jobs/attempt/advance';
import { goneKick } from '../../../jobs/placement/kick';
import { attemptIn, rowsOf, type TestApp, testApp, withAttempt } from '../../support/app/test-app';
import { ABSENT, FOREIGN, present, UNREADABLE } from '../../support/attempts';
import { NEW_YEAR, testJobId } from '../../support/rows';

const JOB = testJobId(1);
const STORY = { jobId: JOB, attempt: 1, epoch: 1 };
const OVER = { state: 'over', outcome: 'Succeeded', overAt: NEW_YEAR, eventSent: true } as const;
/** Three looks over a minute have not shown it: what made its verdict lost, or given up. */
const LONG_ABSENT: Partial<AttemptRow> = { absentCount: 3, absentSince: NEW_YEAR - 60_000 };
const GROUP_MISSING: Observation = { kind: 'unreadable', why: 'ResourceGroupNotFound', scopeMissing: true };

async function removing(attempt: Partial<AttemptRow> = {}, job: Partial<JobRow> = OVER): Promise<TestApp> {
  const app = testApp();
  await withAttempt(
    app,
    {
      intent: { kind: 'set', nonce: 'n', at: NEW_YEAR },
      seen: true,
      startShown: true,
      verdict: { kind: 'succeeded', exitCode: 0 },
      phase: 'archiving',
      cleanup: 'requested',
      removalRequestedAt: NEW_YEAR,
      ...attempt,
    },
    job,
  );
  return app;
}

const remove = (app: TestApp): Promise<unknown> => advance(app.ports, STORY);
const request = (app: TestApp): Promise<unknown> => advance(app.ports, STORY);

describe('asking for the removal', () => {
  test.each<[string, Observation, boolean]>([
    ['was sent', present(), true],
    ['had nothing to delete', ABSENT, false],
    ['met a workload that is not ours', FOREIGN, false],
    ['could not read the tags', UNREADABLE, false],
  ])('makes it requested when the delete %s', async (_what, shown, isSent) => {
    const app = await removing({ cleanup: 'due' });
    app.backend.looks = [shown];
    expect(await request(app)).toEqual({ next: 'go-on' });
    const row = await attemptIn(app);
    expect(row).toMatchObject({ cleanup: 'requested', removalRequestedAt: app.now() });
    expect(row.deleteSentAt).toBe(isSent ? app.now() : undefined);
  });

  test('makes it requested when the delete failed', async () => {
    const app = await removing({ cleanup: 'due' });
    app.backend.meanwhile = () => {
      throw new Error('HTTP 500');
    };
    expect(await request(app)).toEqual({ next: 'go-on' });
    expect((await attemptIn(app)).cleanup).toBe('requested');
    expect(app.logged.join()).toContain('HTTP 500');
  });

  test('happens once', async () => {
    const app = await removing({ cleanup: 'due' });
    app.backend.looks = [present()];
    await request(app);
    await request(app);
    expect(app.backend.count('remove')).toBe(1);
  });

  test.each<[string, Partial<AttemptRow>, number, boolean]>([
    ['its create may still appear', { seen: false, answer: 'accepted' }, 599.999, true],
    ['its create may appear no more', { seen: false, answer: 'accepted' }, 600, false],
    ['its create was refused', { seen: false, answer: 'refused' }, 0, false],
    ['no create was sent', { seen: false, intent: { kind: 'closed' } }, 0, false],
    ['it was seen', {}, 0, false],
  ])('tells the backend whether %s', async (_what, attempt, afterS, mayStillAppear) => {
    const app = await removing({ cleanup: 'due', ...attempt });
    app.pass(afterS);
    await request(app);
    expect(app.backend.removals).toEqual([{ mayStillAppear }]);
  });

  test('notes what its look shows', async () => {
    const app = await removing({ cleanup: 'due', seen: false, startShown: false });
    app.backend.looks = [present()];
    await request(app);
    expect(await attemptIn(app)).toMatchObject({ seen: true, startShown: true });
  });
});

describe('removing until gone', () => {
  test('deletes again only after two minutes', async () => {
    const app = await removing({ deleteSentAt: NEW_YEAR });
    app.backend.looks = [present()];
    app.pass(119);
    expect(await remove(app)).toMatchObject({ next: 'look-again' });
    expect(app.backend.asked).toEqual([`observe ${JOB}-1`]);
    app.pass(1);
    await remove(app);
    expect(app.backend.asked.at(-1)).toBe(`remove ${JOB}-1`);
    expect((await attemptIn(app)).deleteSentAt).toBe(app.now());
    await remove(app);
    expect(app.backend.count('remove')).toBe(1);
  });

  test('sends a delete at once when none was sent yet', async () => {
    const app = await removing();
    app.backend.looks = [present()];
    await remove(app);
    expect(app.backend.count('remove')).toBe(1);
  });

  test.each<[string, Partial<AttemptRow>, number]>([
    ['the workload had been seen and our delete was answered', { deleteSentAt: NEW_YEAR }, 0],
    ['the workload had been seen and was absent for a minute before', LONG_ABSENT, 0],
    ['its create was refused', { seen: false, answer: 'refused' }, 0],
    ['no create was ever sent', { seen: false, intent: { kind: 'closed' } }, 0],
    [
      'ten minutes have passed since the intent, the last one without it',
      { seen: false, ...LONG_ABSENT },
      600,
    ],
  ])('is gone at a 404 when %s: place given on, story at its end', async (_what, attempt, afterS) => {
    const app = await removing(attempt);
    app.pass(afterS);
    expect(await remove(app)).toEqual({ next: 'stop' });
    expect((await attemptIn(app)).cleanup).toBe('gone');
    expect(app.kicks.sent.map(({ text }) => text)).toEqual([goneKick('eastus', `${JOB}-1`)]);
  });

  test.each<[string, Partial<AttemptRow>, Observation, number]>([
    ['a 404 while a create may still take effect', { seen: false, answer: 'accepted' }, ABSENT, 599],
    ['an unreadable answer', {}, UNREADABLE, 10_000],
    ['a missing resource group', {}, GROUP_MISSING, 10_000],
    ['the workload itself', {}, present(), 10_000],
  ])('is not gone at %s', async (_what, attempt, shown, afterS) => {
    const app = await removing(attempt);
    app.backend.looks = [shown];
    app.pass(afterS);
    expect(await remove(app)).toMatchObject({ next: 'look-again' });
    expect((await attemptIn(app)).cleanup).toBe('requested');
    expect(app.kicks.sent).toEqual([]);
  });

  test('is not gone at a 404 that may be a stray one: no delete was answered, and a minute has not passed', async () => {
    const app = await removing();
    app.backend.looks = [ABSENT, ABSENT, ABSENT, ABSENT];
    for (const afterS of [0, 30, 29.999]) {
      app.pass(afterS);
      expect(await remove(app)).toMatchObject({ next: 'look-again' });
    }
    expect((await attemptIn(app)).cleanup).toBe('requested');
    app.pass(0.001);
    expect(await remove(app)).toEqual({ next: 'stop' });
    expect((await attemptIn(app)).cleanup).toBe('gone');
  });

  test('counts the 404 that the request met, and begins anew when the workload is there again', async () => {
    const app = await removing({ cleanup: 'due' });
    app.backend.looks = [ABSENT];
    await request(app);
    expect(await attemptIn(app)).toMatchObject({ absentCount: 1, absentSince: app.now() });
    app.backend.looks = [present(), ABSENT];
    await remove(app);
    const row = await attemptIn(app);
    expect(row).toMatchObject({ absentCount: 0, deleteSentAt: app.now() });
    expect(await remove(app)).toEqual({ next: 'stop' }); // What this delete removed is gone.
    expect((await attemptIn(app)).cleanup).toBe('gone');
  });

  test('is gone at once where a stranger’s workload has its name: no name is two workloads’', async () => {
    const app = await removing();
    app.backend.looks = [FOREIGN];
    expect(await remove(app)).toEqual({ next: 'stop' });
    expect((await attemptIn(app)).cleanup).toBe('gone');
  });

  test('believes no 404 of a moment at which a create could still take effect, however late it is read', async () => {
    const app = await removing({
      seen: false,
      startShown: false,
      answer: 'unknown',
      ...LONG_ABSENT,
    });
    app.backend.looks = [ABSENT, ABSENT];
    app.pass(300);
    app.backend.meanwhile = () => app.pass(1_500); // The process stands still between the answer and its reading.
    await remove(app);
    expect((await attemptIn(app)).cleanup).toBe('requested');
    app.backend.meanwhile = () => undefined;
    await remove(app);
    expect((await attemptIn(app)).cleanup).toBe('gone');
  });

  test('is marked overdue when it takes too long, and no more once gone', async () => {
    const app = await removing({ deleteSentAt: NEW_YEAR });
    app.backend.looks = [present(), present(), present(), ABSENT];
    app.pass(1_800);
    await remove(app);
    expect((await attemptIn(app)).overdueSince).toBeUndefined();
    app.pass(1);
    await remove(app);
    const overdueSince = app.now();
    app.pass(100);
    await remove(app);
    expect((await attemptIn(app)).overdueSince).toBe(overdueSince);
    await remove(app);
    expect((await attemptIn(app)).overdueSince).toBeUndefined();
  });

  test('is overdue at once and looked at hourly while the resource group is missing', async () => {
    const app = await removing();
    app.backend.looks = [GROUP_MISSING];
    expect(await remove(app)).toEqual({ next: 'look-again', afterMs: 3_600_000 });
    const row = await attemptIn(app);
    expect(row.overdueSince).toBe(app.now());
    expect(row.nextBy).toBeGreaterThan(app.now() + 3_600_000);
  });

  test('goes on after the job has moved to another attempt', async () => {
    const app = await removing(LONG_ABSENT, { attempt: 2, state: 'active' });
    expect(await remove(app)).toEqual({ next: 'stop' });
    expect((await attemptIn(app)).cleanup).toBe('gone');
    expect((await rowsOf(app)).job.row).toMatchObject({ state: 'active', attempt: 2 });
  });

  test('settles a requeue that had to wait for it', async () => {
    const lost = { kind: 'failed', reason: reason('lost', 'vanished') } as const;
    const app = await removing({ ...LONG_ABSENT, verdict: lost, startShown: false }, { state: 'active' });
    app.backend.looks = [ABSENT];
    expect(await remove(app)).toEqual({ next: 'stop' });
    expect((await rowsOf(app)).job.row).toMatchObject({ state: 'waiting', failedPlacements: ['eastus'] });
    expect(await app.hints.listWaiting()).toMatchObject([{ attempt: 2 }]);
  });

  test('ends the job instead when its look shows that the program ran after all', async () => {
    const lost = { kind: 'failed', reason: reason('lost', 'vanished') } as const;
    const app = await removing({ verdict: lost, startShown: false }, { state: 'active' });
    app.backend.looks = [present(), ABSENT];
    await remove(app);
    expect(await remove(app)).toEqual({ next: 'stop' });
    expect((await rowsOf(app)).job.row).toMatchObject({ state: 'over', outcome: 'Failed', eventSent: true });
  });

  test('stops when another epoch drives the attempt', async () => {
    const app = await removing({ epoch: 2 });
    expect(await remove(app)).toEqual({ next: 'stop' });
    expect(await request(app)).toEqual({ next: 'stop' });
    expect(app.backend.asked).toEqual([]);
  });
});
