import type { AttemptRow } from '../../../domain/attempt/attempt';
import { reason } from '../../../domain/job/failure-reason';
import type { Observation } from '../../../domain/ports/compute-backend';
import { advance } from '../../../jobs/attempt/advance';
import { goneKick } from '../../../jobs/placement/kick';
import { sweep } from '../../../jobs/sweep/sweep';
import { listedWorkload } from '../../support/app/listed-workloads';
import {
  attemptIn,
  changeAttempt,
  type TestApp,
  testApp,
  withAttempt,
  withCancel,
} from '../../support/app/test-app';
import { ABSENT, FOREIGN } from '../../support/attempts';
import { NEW_YEAR, testJobId } from '../../support/rows';

const JOB = testJobId(1);
const NAME = `${JOB}-1`;
const STORY = { jobId: JOB, attempt: 1, epoch: 1 };
const PREPARED: Observation = { kind: 'prepared' };
const READY = { kind: 'ready' } as const;
const NO_ROOM = { kind: 'refused', reason: reason('capacity', 'no GPUs today') } as const;
/** The provisioning deadline of these jobs, seconds. */
const PROVISIONING_S = 1_200;
const TEN_MINUTES_S = 600;

/** An admitted attempt whose create is two calls. The first of them gets these answers. */
async function twoCalls(...answers: Parameters<TestApp['backend']['preparing']>): Promise<TestApp> {
  const app = testApp();
  await withAttempt(app);
  app.backend.preparing(...answers);
  app.backend.looks = [PREPARED];
  return app;
}

const create = (app: TestApp): Promise<unknown> => advance(app.ports, STORY);

/** Asks for the removal, then removes once. Returns the row after that. */
async function removed(app: TestApp, ...looks: Observation[]): Promise<AttemptRow> {
  app.backend.looks = looks;
  await advance(app.ports, STORY);
  await advance(app.ports, STORY);
  return attemptIn(app);
}

describe('a create of two calls', () => {
  test('says so in the row, prepares, sets the intent, looks and creates; both calls send the same instants', async () => {
    const app = await twoCalls(READY);
    app.pass(30);
    app.backend.meanwhile = async (asked) => {
      const row = await attemptIn(app);
      if (asked.startsWith('prepare'))
        expect(row).toMatchObject({ preparedAt: NEW_YEAR + 30_000, intent: { kind: 'none' } });
      if (asked.startsWith('create')) expect(row.intent.kind).toBe('set');
      if (asked.startsWith('prepare')) app.pass(20); // The platform takes its time.
    };
    expect(await create(app)).toEqual({ next: 'go-on' });
    expect(app.backend.asked).toEqual([`prepare ${NAME}`, `observe ${NAME}`, `create ${NAME}`]);
    const [first] = app.backend.prepares;
    expect(app.backend.creates).toEqual([{ ...first, mayBeSent: expect.any(Function) as unknown }]);
    expect(await attemptIn(app)).toMatchObject({
      answer: 'accepted',
      createdAt: NEW_YEAR + 30_000,
      phaseSince: NEW_YEAR + 30_000,
      intent: { at: NEW_YEAR + 50_000 },
      cleanup: 'none',
    });
  });

  test('is asked again at the pace of looks while the platform works on it, or gives no usable answer', async () => {
    const app = await twoCalls({ kind: 'not-yet' }, { kind: 'unknown', why: 'HTTP 500' }, READY);
    expect(await create(app)).toEqual({ next: 'look-again', afterMs: 2_000 });
    app.pass(2);
    expect(await create(app)).toMatchObject({ next: 'look-again' });
    expect(app.logged.join()).toContain('HTTP 500');
    expect([app.backend.count('create'), (await attemptIn(app)).intent.kind]).toEqual([0, 'none']);
    app.pass(2);
    expect(await create(app)).toEqual({ next: 'go-on' });
    expect([app.backend.count('prepare'), app.backend.count('create')]).toEqual([3, 1]);
    expect(new Set(app.backend.prepares.map((request) => JSON.stringify(request))).size).toBe(1);
  });

  test('keeps its promise to look again while it prepares', async () => {
    const app = await twoCalls({ kind: 'not-yet' });
    for (let turn = 0; turn < 20; turn += 1) {
      await create(app);
      expect((await attemptIn(app)).nextBy).toBeGreaterThan(app.now() + 60_000);
      app.pass(30);
    }
  });

  test('ends when its provisioning deadline passes, counted from its first call; what it left is removed', async () => {
    const app = await twoCalls({ kind: 'not-yet' });
    app.pass(5_000); // It waited long for a story.
    await create(app);
    app.pass(PROVISIONING_S - 1);
    expect(await create(app)).toMatchObject({ next: 'look-again' });
    app.pass(1);
    expect(await create(app)).toEqual({ next: 'go-on' });
    expect(await attemptIn(app)).toMatchObject({
      verdict: { kind: 'failed', reason: { code: 'provisioning-deadline' } },
      intent: { kind: 'closed' },
      cleanup: 'due',
    });
    expect(app.backend.count('create')).toBe(0);
  });

  test('ends where a create could still take effect past the expiry of what was prepared for it', async () => {
    const app = await twoCalls(READY);
    let stoodStillS = 0;
    app.backend.meanwhile = async (asked) => {
      const { expiresAt = 0 } = await attemptIn(app);
      stoodStillS = (expiresAt - app.now()) / 1_000 - TEN_MINUTES_S + 0.001;
      if (asked.startsWith('prepare')) app.pass(stoodStillS);
    };
    await create(app);
    expect(stoodStillS).toBeGreaterThan(PROVISIONING_S);
    expect(await attemptIn(app)).toMatchObject({
      verdict: { kind: 'failed', reason: { code: 'provisioning-deadline' } },
      intent: { kind: 'closed' },
      cleanup: 'due',
    });
    expect(app.backend.count('create')).toBe(0);
  });

  test('that needs no preparation this time goes on when nothing is there', async () => {
    const app = await twoCalls({ kind: 'not-needed' });
    app.backend.looks = [ABSENT];
    await create(app);
    expect([app.backend.count('create'), (await attemptIn(app)).answer]).toEqual([1, 'accepted']);
  });
});

describe('an end without a workload', () => {
  test.each([
    ['is gone at once before anything was prepared', 'gone', false],
    ['has something to remove once anything may have been prepared', 'due', true],
  ])('by a cancel %s', async (_what, cleanup, prepares) => {
    const app = await twoCalls({ kind: 'not-yet' });
    if (prepares) await create(app);
    await withCancel(app);
    await create(app);
    expect(await attemptIn(app)).toMatchObject({
      verdict: { kind: 'canceled' },
      intent: { kind: 'closed' },
      cleanup,
    });
    expect(app.kicks.sent).toHaveLength(cleanup === 'gone' ? 1 : 0);
  });

  test('by a refused preparation creates nothing, and removes what it left', async () => {
    const app = await twoCalls(NO_ROOM);
    await create(app);
    expect(await attemptIn(app)).toMatchObject({
      verdict: { kind: 'failed', reason: { code: 'capacity' } },
      intent: { kind: 'closed' },
      cleanup: 'due',
    });
    expect(app.backend.count('create')).toBe(0);
    expect((await removed(app, PREPARED)).cleanup).toBe('requested');
    expect(app.backend.asked.filter((asked) => asked.startsWith('remove'))).toHaveLength(1);
    expect((await removed(app, ABSENT)).cleanup).toBe('gone');
  });

  test('by a refused create is not gone while its preparation is shown, however certain the refusal', async () => {
    const app = await twoCalls(READY);
    app.backend.answer = NO_ROOM;
    await create(app);
    expect(await attemptIn(app)).toMatchObject({ answer: 'refused', cleanup: 'due' });
    expect(app.kicks.sent).toHaveLength(0);
    app.pass(TEN_MINUTES_S);
    expect((await removed(app, PREPARED)).cleanup).toBe('requested');
    expect(await removed(app, ABSENT)).toMatchObject({ cleanup: 'gone', goneAt: app.now() });
    expect(app.kicks.sent.map(({ text }) => text)).toContain(goneKick('eastus', NAME));
  });

  test('by a preparation that the look no longer shows sends no create, and need not wait for its fate', async () => {
    const app = await twoCalls(READY);
    app.backend.looks = [ABSENT]; // A person removed it after it was answered.
    await create(app);
    expect(app.backend.count('create')).toBe(0);
    expect(await attemptIn(app)).toMatchObject({
      verdict: { kind: 'failed', reason: { code: 'given-up', class: 'infrastructure' } },
      answer: 'refused',
      cleanup: 'due',
    });
    expect((await removed(app, ABSENT)).cleanup).toBe('gone');
  });

  test('by a name that is not ours looks for what was prepared before it is gone', async () => {
    const app = await twoCalls(READY);
    app.backend.looks = [FOREIGN];
    await create(app);
    expect(await attemptIn(app)).toMatchObject({
      verdict: { reason: { code: 'name-taken' } },
      cleanup: 'due',
    });
    expect((await removed(app, FOREIGN)).cleanup).toBe('gone');
  });

  test('by its expiry while it prepares is written by the sweep, and no create follows', async () => {
    const app = await twoCalls({ kind: 'not-yet' });
    await app.hints.addJob(JOB);
    await create(app);
    app.pass(100_000);
    app.backend.serverTime = app.now();
    app.backend.listed = [];
    await sweep(app.ports);
    expect(await attemptIn(app)).toMatchObject({ verdict: { kind: 'timed-out' }, cleanup: 'due' });
    expect(await create(app)).toEqual({ next: 'go-on' });
    expect(app.backend.count('create')).toBe(0);
  });
});

describe('a look that shows the preparation alone', () => {
  test('gives up a create of unknown fate after as long as one that shows nothing', async () => {
    const app = await twoCalls(READY);
    app.backend.answer = { kind: 'unknown', why: 'HTTP 500' };
    await create(app);
    for (const seconds of [30, 60, TEN_MINUTES_S - 91]) {
      app.pass(seconds);
      await advance(app.ports, STORY);
      expect((await attemptIn(app)).verdict).toBeUndefined();
    }
    app.pass(1);
    await advance(app.ports, STORY);
    expect(await attemptIn(app)).toMatchObject({
      seen: false,
      cleanup: 'none',
      verdict: {
        reason: { code: 'given-up', message: expect.stringContaining('what was prepared') as unknown },
      },
    });
  });

  test('does not make a canceled create gone before its fate is known, nor ever by itself', async () => {
    const app = await twoCalls(READY);
    await create(app);
    await changeAttempt(app, {
      verdict: { kind: 'canceled', reason: reason('canceled', 'Canceled.') },
      cleanup: 'due',
    });
    expect(await removed(app, PREPARED)).toMatchObject({ cleanup: 'requested', seen: false });
    expect((await removed(app, ABSENT)).cleanup).toBe('requested'); // Accepted and not seen: it may still appear.
    app.pass(TEN_MINUTES_S);
    expect((await removed(app, PREPARED)).cleanup).toBe('requested');
    expect((await removed(app, ABSENT)).cleanup).toBe('gone');
  });

  test('reopens a cleanup that was gone, as a preparation that took effect late; it was never seen', async () => {
    const app = testApp();
    await withAttempt(app, { cleanup: 'gone', intent: { kind: 'closed' }, preparedAt: NEW_YEAR });
    app.backend.listed = [listedWorkload(1)];
    app.backend.serverTime = app.now();
    app.backend.looks = [PREPARED];
    expect(await sweep(app.ports)).toMatchObject({ reopened: 1 });
    expect(await attemptIn(app)).toMatchObject({ cleanup: 'requested', seen: false });
  });
});
