import { afterLook } from '../../../domain/attempt/after-look';
import type { AttemptRow } from '../../../domain/attempt/attempt';
import { reason } from '../../../domain/job/failure-reason';
import type { Observation } from '../../../domain/ports/compute-backend';
import {
  ABSENT,
  absentAt,
  afterLooks,
  FOREIGN,
  intended,
  look,
  present,
  UNREADABLE,
} from '../../support/attempts';
import { NEW_YEAR } from '../../support/rows';

const SEEN: Partial<AttemptRow> = { seen: true, startShown: true, phase: 'running' };

describe('a look after the workload has been seen', () => {
  const failure = reason('capacity', 'no GPUs');

  test('takes the exit code before anything else', () => {
    const ended = present({ phase: 'ended', exitCode: 0, failure, startTrouble: failure });
    const row = afterLook(intended(SEEN), look(ended, 1_000_000, { cancelPresent: true }));
    expect(row.verdict).toEqual({ kind: 'succeeded', exitCode: 0 });
  });

  test('takes a failed provisioning before a cancel', () => {
    const row = afterLook(
      intended({ seen: true }),
      look(present({ phase: 'provisioning', started: 'no', failure }), 10, { cancelPresent: true }),
    );
    expect(row.verdict).toEqual({ kind: 'failed', reason: failure });
  });

  test('believes an image-pull failure that two reads in a row show', () => {
    const startTrouble = reason('image-not-found', 'manifest unknown');
    const pulling = present({ phase: 'pulling', started: 'no', startTrouble });
    const once = afterLook(intended(), look(pulling, 10));
    expect(once.verdict).toBeUndefined();
    expect(afterLook(once, look(pulling, 20)).verdict).toEqual({ kind: 'failed', reason: startTrouble });
  });

  test('forgets an image-pull failure that the next read does not show', () => {
    const pulling = (startTrouble?: typeof failure): Observation =>
      present({ phase: 'pulling', started: 'no', ...(startTrouble && { startTrouble }) });
    const row = afterLooks(intended(), [
      [10, pulling(failure)],
      [20, pulling()],
      [30, pulling(failure)],
    ]);
    expect(row.verdict).toBeUndefined();
  });

  test('names capacity as the cause when a workload that never came up was waiting for it at its deadline', () => {
    const waiting = (lacking?: typeof failure): Observation =>
      present({ phase: 'provisioning', started: 'no', ...(lacking && { lacking }) });
    const deadlineS = 1_200;
    expect(afterLook(intended(), look(waiting(failure), deadlineS - 1)).verdict).toBeUndefined();
    expect(afterLook(intended(), look(waiting(failure), deadlineS)).verdict).toMatchObject({
      reason: { code: 'capacity', message: expect.stringContaining('no GPUs') as unknown },
    });
    expect(afterLook(intended(), look(waiting(), deadlineS)).verdict).toMatchObject({
      reason: { code: 'provisioning-deadline' },
    });
  });

  describe('that waits for capacity', () => {
    const waits = (lacking?: typeof failure): Observation =>
      present({ phase: 'provisioning', started: 'no', ...(lacking && { lacking }) });

    test('keeps what it waits for, and since when looks say so', () => {
      const row = afterLook(intended(), look(waits(failure), 10));
      expect(row.lacking).toEqual({ ...failure, since: NEW_YEAR + 10_000 });
    });

    test('takes a new message for the same wait, and another code for a new one', () => {
      const [again, other] = [reason('capacity', 'a node is being added'), reason('quota', 'used up')];
      const looks = [
        [10, waits(failure)],
        [20, waits(again)],
      ] as const;
      expect(afterLooks(intended(), looks).lacking).toEqual({ ...again, since: NEW_YEAR + 10_000 });
      expect(afterLooks(intended(), [...looks, [30, waits(other)]]).lacking).toEqual({
        ...other,
        since: NEW_YEAR + 30_000,
      });
    });

    test.each([
      ['is not shown to wait any more', waits()],
      ['pulls its image', present({ phase: 'pulling', started: 'no' })],
      ['has failed', present({ phase: 'provisioning', started: 'no', failure })],
    ])('forgets it once the workload %s', (_what, then) => {
      const row = afterLooks(intended(), [
        [10, waits(failure)],
        [20, then],
      ]);
      expect(row.lacking).toBeUndefined();
    });

    test.each([
      ['can not be read', UNREADABLE],
      ['shows nothing', ABSENT],
    ])('keeps it through a look that %s', (_what, then) => {
      const row = afterLooks(intended(), [
        [10, waits(failure)],
        [20, then],
      ]);
      expect(row.lacking).toEqual({ ...failure, since: NEW_YEAR + 10_000 });
    });

    test('waits no more once it is canceled', () => {
      const waiting = afterLook(intended(), look(waits(failure), 10));
      const canceled = afterLook(waiting, look(UNREADABLE, 20, { cancelPresent: true }));
      expect(canceled).toMatchObject({ verdict: { kind: 'canceled' }, lacking: undefined });
    });
  });

  test('starts no clock of the run while the program has only perhaps started, and never takes it for not started', () => {
    const perhaps = afterLook(intended(), look(present({ phase: 'running', started: 'perhaps' }), 10));
    expect(perhaps).toMatchObject({ phase: 'pulling', startShown: false, startPossible: true });
    expect(perhaps.phases.running).toBeUndefined();
    const running = afterLook(perhaps, look(present(), 20));
    expect(running).toMatchObject({ phase: 'running', phaseSince: NEW_YEAR + 20_000 });
  });

  test('believes what the platform itself did to the program before its exit code', () => {
    const exitReason = reason('maintenance', 'The node was drained.');
    const ended = present({ phase: 'ended', exitCode: 137, exitReason });
    expect(afterLook(intended(SEEN), look(ended, 10)).verdict).toEqual({
      kind: 'failed',
      exitCode: 137,
      reason: exitReason,
    });
  });

  test('is lost when its preparation alone is shown, as surely as when nothing is', () => {
    const prepared: Observation = { kind: 'prepared' };
    const row = afterLooks(intended(SEEN), [
      [10, prepared],
      [40, ABSENT],
      [70, prepared],
    ]);
    expect(row.verdict).toMatchObject({ reason: { code: 'lost' } });
    expect(row.cleanup).toBe('none');
  });

  test('concludes no deadline from an answer that was asked for before it: its reader stood still', () => {
    const waiting = present({ phase: 'provisioning', started: 'no', lacking: failure });
    const late = { ...look(waiting, 1_300), sentAt: look(waiting, 10).sentAt };
    expect(afterLook(intended(), late).verdict).toBeUndefined();
    expect(afterLook(intended(), look(waiting, 1_300)).verdict).toMatchObject({
      reason: { code: 'capacity' },
    });
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

  test('ends one that the platform ended for its deadline as TimedOut, too: the runner was away', () => {
    const ended = reason('running-deadline', 'The platform ended it.');
    const shown = present({ phase: 'ended', started: 'yes', failure: ended });
    const { verdict } = afterLook(intended(SEEN), look(shown, 9_000));
    expect(verdict).toEqual({ kind: 'timed-out', reason: ended });
  });

  test.each([
    ['provisioning', 1_200, 'provisioning-deadline'],
    ['pulling', 1_800, 'pulling-deadline'],
  ] as const)(
    'ends one that is %s for longer than its deadline as a failure of infrastructure',
    (phase, limitS, code) => {
      const row = intended({ seen: true, phase });
      const shown = present({ phase, started: 'no' });
      expect(afterLook(row, look(shown, limitS - 1)).verdict).toBeUndefined();
      expect(afterLook(row, look(shown, limitS)).verdict).toMatchObject({
        kind: 'failed',
        reason: { code, class: 'infrastructure' },
      });
    },
  );

  test('starts a new clock with each phase', () => {
    const row = afterLooks(intended(), [
      [1_000, present({ phase: 'pulling', started: 'no' })],
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

  test('takes what it shows for what it is, also long past expires-at: only silence is an expiry', () => {
    const failed = present({ phase: 'provisioning', started: 'no', failure });
    const row = afterLook(intended({ seen: true, expiresAt: NEW_YEAR + 20_000 }), look(failed, 3_600_000));
    expect(row.verdict).toEqual({ kind: 'failed', reason: failure });
  });

  test.each([
    ['lost', 999, { kind: 'failed', reason: { code: 'lost' } }],
    [
      'expired when past expires-at, for a sweep may have stopped it',
      1_000,
      { kind: 'timed-out', reason: { code: 'expired' } },
    ],
  ])('a program that was stopped, and whose end is lost, is %s', (_what, afterS, verdict) => {
    const stopped = present({ phase: 'ended', failure: reason('lost', 'It was stopped.') });
    const row = afterLook(intended({ ...SEEN, expiresAt: NEW_YEAR + 1_000_000 }), look(stopped, afterS));
    expect(row.verdict).toMatchObject(verdict);
  });

  test('counts a workload that another person put in its place as absent', () => {
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
    const shown = present({ phase: 'pulling', started: 'no' });
    expect(afterLook(row, look(shown, 10))).toMatchObject({ startShown: true, restartCount: 2 });
  });
});
