import { afterLook, type Look, withSight } from '../../domain/after-look';
import type { AttemptRow } from '../../domain/attempt';
import type { Observation } from '../../domain/compute-backend';
import { reason } from '../../domain/failure-reason';
import { ABSENT, FOREIGN, intended, look, present, UNREADABLE } from '../support/attempts';
import { attemptRow, NEW_YEAR } from '../support/rows';

/** The row after several looks at given seconds. */
function afterLooks(
  row: AttemptRow,
  looks: readonly (readonly [number, Observation])[],
  over: Partial<Look> = {},
): AttemptRow {
  return looks.reduce((before, [afterS, seen]) => afterLook(before, look(seen, afterS, over)), row);
}

const SEEN: Partial<AttemptRow> = { seen: true, startShown: true, phase: 'running' };
const THREE_404S = [
  [700, ABSENT],
  [730, ABSENT],
  [760, ABSENT],
] as const;

describe('a look before the workload has been seen', () => {
  test('finds it: seen', () => {
    const row = afterLook(intended(), look(present({ phase: 'provisioning', started: false }), 5));
    expect(row).toMatchObject({ seen: true, startShown: false, phase: 'provisioning' });
    expect(row.verdict).toBeUndefined();
  });

  test('concludes Canceled when a cancel is there', () => {
    const row = afterLook(intended(), look(ABSENT, 5, { cancelPresent: true }));
    expect(row.verdict).toMatchObject({ kind: 'canceled' });
    expect(row.cleanup).toBe('none');
  });

  test('concludes Canceled while unreadable too', () => {
    expect(afterLook(intended(), look(UNREADABLE, 5, { cancelPresent: true })).verdict).toMatchObject({
      kind: 'canceled',
    });
  });

  test('gives up after three 404s over a minute once ten minutes have passed since the intent', () => {
    const row = afterLooks(intended(), THREE_404S);
    expect(row.verdict).toMatchObject({
      kind: 'failed',
      reason: { code: 'given-up', class: 'infrastructure' },
    });
    expect(row).toMatchObject({ startShown: false, phase: 'archiving', verdictAt: NEW_YEAR + 760_000 });
  });

  test.each([
    ['two 404s', [absentAt(700), absentAt(760)]],
    ['three 404s within 59 s', [absentAt(700), absentAt(730), absentAt(759)]],
    ['many 404s within ten minutes', [absentAt(10), absentAt(300), absentAt(599)]],
  ] as const)('does not give up after %s', (_what, looks) => {
    expect(afterLooks(intended(), looks).verdict).toBeUndefined();
  });

  test('an accepted create that is not visible yet is not lost', () => {
    const looks = [absentAt(10), absentAt(100), absentAt(200)] as const;
    expect(afterLooks(intended({ answer: 'accepted' }), looks).verdict).toBeUndefined();
  });

  test('a look that shows it forgets the 404s before', () => {
    const row = afterLooks(intended(), [
      [700, ABSENT],
      [730, ABSENT],
      [740, present()],
      [760, ABSENT],
    ]);
    expect(row).toMatchObject({ absentCount: 1, absentSince: NEW_YEAR + 760_000 });
    expect(row.verdict).toBeUndefined();
  });

  test('concludes expired instead of given up when past expires-at', () => {
    const row = afterLooks(intended({ expiresAt: NEW_YEAR + 750_000 }), THREE_404S);
    expect(row.verdict).toMatchObject({ kind: 'timed-out', reason: { code: 'expired' } });
  });

  test('gives up when the provisioning deadline passes without a readable answer, and counts the program as started', () => {
    expect(afterLook(intended(), look(UNREADABLE, 1_199)).verdict).toBeUndefined();
    const row = afterLook(intended(), look(UNREADABLE, 1_200));
    expect(row.verdict).toMatchObject({ kind: 'failed', reason: { code: 'given-up' } });
    expect(row.startShown).toBe(true);
  });

  test('leaves the start open in that case where re-running is allowed', () => {
    const row = afterLook(intended(), look(UNREADABLE, 1_200, { rerunAllowed: true }));
    expect(row).toMatchObject({ startShown: false, verdict: { kind: 'failed' } });
  });

  test('never gives up unread before ten minutes, however short the deadline', () => {
    const deadlines = { queued: 1, provisioning: 5, pulling: 5, running: 5, archiving: 5 };
    expect(afterLook(intended(), look(UNREADABLE, 599, { deadlines })).verdict).toBeUndefined();
    expect(afterLook(intended(), look(UNREADABLE, 600, { deadlines })).verdict).toBeDefined();
  });

  test('counts that deadline from the intent, not from the admission', () => {
    const late = intended({ intent: { kind: 'set', nonce: 'n', at: NEW_YEAR + 5_000_000 } });
    expect(afterLook(late, look(UNREADABLE, 6_000)).verdict).toBeUndefined();
    expect(afterLook(late, look(UNREADABLE, 6_200)).verdict).toBeDefined();
  });

  test('concludes expired when that deadline passes after expires-at', () => {
    const row = afterLook(intended({ expiresAt: NEW_YEAR + 1_000_000 }), look(UNREADABLE, 1_200));
    expect(row).toMatchObject({
      verdict: { kind: 'timed-out', reason: { code: 'expired' } },
      startShown: true,
    });
  });

  test('an unreadable answer, a missing resource group too, is no 404', () => {
    const missing: Observation = { kind: 'unreadable', why: 'ResourceGroupNotFound', groupMissing: true };
    const row = afterLooks(intended(), [
      [700, ABSENT],
      [730, missing],
      [760, UNREADABLE],
      [770, ABSENT],
    ]);
    expect(row.absentCount).toBe(2);
    expect(row.verdict).toBeUndefined();
  });

  test('finds a workload that is not ours: the name is taken; it is not gone yet, for our create may still take effect', () => {
    const row = afterLook(intended(), look(FOREIGN, 5));
    expect(row.verdict).toMatchObject({
      kind: 'failed',
      reason: { code: 'name-taken', class: 'infrastructure' },
    });
    expect(row.cleanup).toBe('none');
    expect(row.seen).toBe(false);
  });
});

describe('a look after the workload has been seen', () => {
  const failure = reason('capacity', 'no GPUs');

  test('takes the exit code before anything else', () => {
    const ended = present({ phase: 'ended', exitCode: 0, failure, pullFailure: failure });
    const row = afterLook(intended(SEEN), look(ended, 1_000_000, { cancelPresent: true }));
    expect(row.verdict).toEqual({ kind: 'succeeded', exitCode: 0 });
  });

  test('takes a failed provisioning before a cancel', () => {
    const row = afterLook(
      intended({ seen: true }),
      look(present({ phase: 'provisioning', started: false, failure }), 10, { cancelPresent: true }),
    );
    expect(row.verdict).toEqual({ kind: 'failed', reason: failure });
  });

  test('believes an image-pull failure that two reads in a row show', () => {
    const pullFailure = reason('image-not-found', 'manifest unknown');
    const pulling = present({ phase: 'pulling', started: false, pullFailure });
    const once = afterLook(intended(), look(pulling, 10));
    expect(once.verdict).toBeUndefined();
    expect(afterLook(once, look(pulling, 20)).verdict).toEqual({ kind: 'failed', reason: pullFailure });
  });

  test('forgets an image-pull failure that the next read does not show', () => {
    const pulling = (pullFailure?: typeof failure): Observation =>
      present({ phase: 'pulling', started: false, ...(pullFailure && { pullFailure }) });
    const row = afterLooks(intended(), [
      [10, pulling(failure)],
      [20, pulling()],
      [30, pulling(failure)],
    ]);
    expect(row.verdict).toBeUndefined();
  });

  test('takes a cancel before a deadline', () => {
    const row = afterLook(intended(SEEN), look(present(), 1_000_000, { cancelPresent: true }));
    expect(row.verdict).toMatchObject({ kind: 'canceled' });
  });

  test('ends a program that runs for longer than its deadline as TimedOut', () => {
    const running = intended({ ...SEEN, phaseSince: NEW_YEAR + 60_000 });
    expect(afterLook(running, look(present(), 3_659)).verdict).toBeUndefined();
    expect(afterLook(running, look(present(), 3_660)).verdict).toMatchObject({
      kind: 'timed-out',
      reason: { code: 'running-deadline' },
    });
  });

  test.each([
    ['provisioning', 1_200, 'provisioning-deadline'],
    ['pulling', 1_800, 'pulling-deadline'],
  ] as const)(
    'ends one that is %s for longer than its deadline as a failure of infrastructure',
    (phase, limitS, code) => {
      const row = intended({ seen: true, phase });
      const shown = present({ phase, started: false });
      expect(afterLook(row, look(shown, limitS - 1)).verdict).toBeUndefined();
      expect(afterLook(row, look(shown, limitS)).verdict).toMatchObject({
        kind: 'failed',
        reason: { code, class: 'infrastructure' },
      });
    },
  );

  test('starts a new clock with each phase', () => {
    const row = afterLooks(intended(), [
      [1_000, present({ phase: 'pulling', started: false })],
      [1_500, present()],
    ]);
    expect(row).toMatchObject({
      phase: 'running',
      phaseSince: NEW_YEAR + 1_500_000,
      phases: { provisioning: NEW_YEAR, pulling: NEW_YEAR + 1_000_000, running: NEW_YEAR + 1_500_000 },
    });
  });

  test('never takes the phase back: a read that shows an earlier one does not start its clock again', () => {
    const running = intended({ ...SEEN, phaseSince: NEW_YEAR + 60_000 });
    const back = afterLook(running, look(present({ phase: 'pulling' }), 3_000));
    expect(back).toMatchObject({ phase: 'running', phaseSince: NEW_YEAR + 60_000 });
    expect(afterLook(back, look(present(), 3_660)).verdict).toMatchObject({ kind: 'timed-out' });
  });

  test('concludes lost after three 404s over a minute', () => {
    const row = afterLooks(intended(SEEN), [
      [100, ABSENT],
      [130, ABSENT],
      [160, ABSENT],
    ]);
    expect(row.verdict).toMatchObject({ kind: 'failed', reason: { code: 'lost', class: 'infrastructure' } });
  });

  test('does not conclude lost after two, or within a minute', () => {
    expect(afterLooks(intended(SEEN), [absentAt(100), absentAt(190)]).verdict).toBeUndefined();
    expect(
      afterLooks(intended(SEEN), [absentAt(100), absentAt(120), absentAt(140), absentAt(159)]).verdict,
    ).toBeUndefined();
  });

  test('concludes expired instead of lost when past expires-at', () => {
    const row = afterLooks(intended({ ...SEEN, expiresAt: NEW_YEAR + 150_000 }), [
      absentAt(100),
      absentAt(130),
      absentAt(160),
    ]);
    expect(row.verdict).toMatchObject({ kind: 'timed-out', reason: { code: 'expired' } });
  });

  test('counts a workload that somebody else put in its place as absent', () => {
    const row = afterLooks(intended(SEEN), [
      [100, FOREIGN],
      [130, ABSENT],
      [160, FOREIGN],
    ]);
    expect(row.verdict).toMatchObject({ reason: { code: 'lost' } });
  });

  test('concludes only Canceled while unreadable, whatever deadline has passed', () => {
    const row = intended({ ...SEEN, expiresAt: NEW_YEAR + 1 });
    expect(afterLook(row, look(UNREADABLE, 1_000_000)).verdict).toBeUndefined();
    expect(afterLook(row, look(UNREADABLE, 1_000_000, { cancelPresent: true })).verdict).toMatchObject({
      kind: 'canceled',
    });
  });

  test('takes down what the workload says of its program', () => {
    const shown = present({
      restartCount: 2,
      startedAt: NEW_YEAR + 1,
      endedAt: NEW_YEAR + 2,
      phase: 'ended',
      exitCode: 3,
    });
    expect(afterLook(intended(), look(shown, 10))).toMatchObject({
      seen: true,
      startShown: true,
      restartCount: 2,
      startedAt: NEW_YEAR + 1,
      endedAt: NEW_YEAR + 2,
      phases: { running: NEW_YEAR + 1 },
      verdict: { kind: 'failed', exitCode: 3 },
    });
  });

  test('never takes back that the program has started, nor its restarts', () => {
    const row = intended({ seen: true, startShown: true, restartCount: 2 });
    const shown = present({ phase: 'pulling', started: false });
    expect(afterLook(row, look(shown, 10))).toMatchObject({ startShown: true, restartCount: 2 });
  });
});

describe('a look at an attempt', () => {
  test('with a verdict derives no other', () => {
    const row = intended({ ...SEEN, verdict: { kind: 'succeeded', exitCode: 0 } });
    expect(afterLook(row, look(present({ phase: 'ended', exitCode: 1 }), 10))).toBe(row);
  });

  test('whose intent is not set changes nothing', () => {
    const row = attemptRow();
    expect(afterLook(row, look(present(), 10))).toBe(row);
  });

  test('that is being removed only adds what it shows', () => {
    const row = intended();
    expect(withSight(row, present())).toEqual({ ...row, seen: true, startShown: true });
    expect(withSight(row, present({ started: false }))).toEqual({ ...row, seen: true });
    for (const nothing of [ABSENT, FOREIGN, UNREADABLE]) expect(withSight(row, nothing)).toBe(row);
  });
});

function absentAt(afterS: number): readonly [number, Observation] {
  return [afterS, ABSENT];
}
