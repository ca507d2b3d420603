import type { AttemptRow } from '../../../domain/attempt/attempt';
import { DEFAULT_TIMES } from '../../../domain/attempt/protocol-times';
import { reason } from '../../../domain/job/failure-reason';
import type { JobPlan, JobRow } from '../../../domain/job/job';
import type { Verdict } from '../../../domain/job/outcome';
import { settlementOf } from '../../../domain/job/settlement';
import { intended } from '../../support/attempts';
import { jobRow, NEW_YEAR } from '../../support/rows';

const LOST: Verdict = { kind: 'failed', reason: reason('lost', 'gone') };
const EXIT_3: Verdict = { kind: 'failed', exitCode: 3, reason: reason('exit-code', 'exit 3') };

interface Case {
  readonly attempt?: Partial<AttemptRow>;
  readonly retry?: Partial<JobPlan['retry']>;
  readonly cancelPresent?: boolean;
  readonly afterS?: number;
  readonly job?: Partial<JobRow>;
}

function settle(verdict: Verdict | undefined, of: Case = {}): ReturnType<typeof settlementOf> {
  const job = jobRow(of.job);
  const { plan } = job;
  if (plan === undefined) throw new Error('no plan');
  const attempt = intended({
    verdict,
    cleanup: 'requested',
    removalRequestedAt: NEW_YEAR,
    ...of.attempt,
  });
  return settlementOf(attempt, {
    plan: { ...plan, retry: { ...plan.retry, ...of.retry } },
    job,
    cancelPresent: of.cancelPresent ?? false,
    now: NEW_YEAR + (of.afterS ?? 1) * 1000,
    times: DEFAULT_TIMES,
  });
}

describe('settling an attempt', () => {
  test('waits for its verdict', () => {
    expect(settle(undefined)).toEqual({ kind: 'wait' });
  });

  test.each<[string, Verdict, object]>([
    ['succeeded', { kind: 'succeeded', exitCode: 0 }, { outcome: 'Succeeded', exitCode: 0 }],
    [
      'was canceled',
      { kind: 'canceled', reason: reason('canceled', 'c') },
      { outcome: 'Canceled', reason: { code: 'canceled' } },
    ],
    [
      'timed out',
      { kind: 'timed-out', reason: reason('running-deadline', 't') },
      { outcome: 'TimedOut', reason: { code: 'running-deadline' } },
    ],
    [
      'expired',
      { kind: 'timed-out', reason: reason('expired', 't') },
      { outcome: 'TimedOut', reason: { code: 'expired' } },
    ],
    ['failed by its own doing', EXIT_3, { outcome: 'Failed', exitCode: 3, reason: { code: 'exit-code' } }],
  ])('that %s ends the job at once, whether or not its workload is gone', (_what, verdict, over) => {
    for (const cleanup of ['requested', 'gone'] as const)
      expect(settle(verdict, { attempt: { cleanup } })).toMatchObject({ kind: 'over', ...over });
  });

  test('queues the next attempt after a failure of infrastructure whose workload is gone', () => {
    expect(settle(LOST, { attempt: { cleanup: 'gone' } })).toEqual({
      kind: 'requeue',
      notBefore: NEW_YEAR + 11_000,
      failedPlacement: 'eastus',
    });
  });

  test('waits longer before each further attempt, five minutes at most', () => {
    const notBefore = (number: number): number => {
      const settlement = settle(LOST, {
        attempt: { cleanup: 'gone', number },
        retry: { attempts: 20 },
        afterS: 0,
      });
      return settlement.kind === 'requeue' ? settlement.notBefore - NEW_YEAR : -1;
    };
    expect([1, 2, 3, 5, 6, 19].map(notBefore)).toEqual([10_000, 20_000, 40_000, 160_000, 300_000, 300_000]);
  });

  test('holds the requeue back until the workload is gone where re-running is not allowed', () => {
    expect(settle(LOST)).toEqual({ kind: 'wait' });
    expect(settle(LOST, { afterS: 1_800 })).toEqual({ kind: 'wait' });
  });

  test('ends the job as Failed when the workload is not gone by the overdue time', () => {
    expect(settle(LOST, { afterS: 1_801 })).toMatchObject({
      kind: 'over',
      outcome: 'Failed',
      reason: { code: 'lost' },
    });
  });

  test('ends the job when its program has started and must not run again', () => {
    expect(settle(LOST, { attempt: { startShown: true, cleanup: 'gone' } })).toMatchObject({
      kind: 'over',
      outcome: 'Failed',
    });
  });

  test('ends the job likewise when its program may have started, and nothing tells', () => {
    const untold = { startPossible: true, cleanup: 'gone' } as const;
    expect(settle(LOST, { attempt: untold })).toMatchObject({ kind: 'over', outcome: 'Failed' });
    expect(settle(LOST, { attempt: { ...untold, startPossible: false } })).toMatchObject({ kind: 'requeue' });
  });

  test('queues the next attempt at once where re-running is allowed, workload gone or not, started or not', () => {
    const rerun = { rerunAfterStart: true };
    expect(settle(LOST, { retry: rerun, attempt: { startShown: true } })).toMatchObject({ kind: 'requeue' });
    expect(settle(LOST, { retry: rerun })).toMatchObject({ kind: 'requeue' });
  });

  test('ends the job when its attempts are used up', () => {
    expect(settle(LOST, { attempt: { number: 3, cleanup: 'gone' } })).toMatchObject({
      kind: 'over',
      outcome: 'Failed',
    });
  });

  test('tries a failure of the program again only for exit codes that the spec names, and blames no placement', () => {
    const gone = { cleanup: 'gone', startShown: true } as const;
    expect(settle(EXIT_3, { attempt: gone, retry: { exitCodes: [4] } })).toMatchObject({ kind: 'over' });
    expect(settle(EXIT_3, { attempt: gone, retry: { exitCodes: [3] } })).toEqual({
      kind: 'requeue',
      notBefore: NEW_YEAR + 11_000,
    });
    expect(settle(EXIT_3, { attempt: { startShown: true }, retry: { exitCodes: [3] } })).toEqual({
      kind: 'wait',
    });
    expect(settle(EXIT_3, { attempt: { ...gone, number: 3 }, retry: { exitCodes: [3] } })).toMatchObject({
      kind: 'over',
    });
  });

  test('never tries a failure of the user without exit code again', () => {
    const missing: Verdict = { kind: 'failed', reason: reason('image-not-found', 'no such image') };
    expect(settle(missing, { retry: { exitCodes: [1] } })).toMatchObject({ kind: 'over', outcome: 'Failed' });
  });

  test.each<[string, Case]>([
    ['that would be tried again', { attempt: { cleanup: 'gone' } }],
    ['that waits for its workload to be gone', {}],
    ['whose attempts are used up', { attempt: { number: 3 } }],
    ['whose program must not run again', { attempt: { startShown: true } }],
    ['that is overdue', { afterS: 100_000 }],
  ])('makes a failure of infrastructure %s Canceled at once when a cancel is there', (_what, of) => {
    expect(settle(LOST, { ...of, cancelPresent: true })).toMatchObject({
      kind: 'over',
      outcome: 'Canceled',
      reason: { code: 'canceled' },
    });
  });

  test('leaves a failure of the program what it is when a cancel came late, but tries no further', () => {
    expect(settle(EXIT_3, { cancelPresent: true })).toMatchObject({ outcome: 'Failed', exitCode: 3 });
    expect(settle(EXIT_3, { cancelPresent: true, retry: { exitCodes: [3] } })).toMatchObject({
      outcome: 'Canceled',
    });
    expect(settle({ kind: 'succeeded', exitCode: 0 }, { cancelPresent: true })).toMatchObject({
      outcome: 'Succeeded',
    });
  });
});

describe('settling an attempt that could not be had what it asked for', () => {
  const NO_ROOM: Verdict = { kind: 'failed', reason: reason('capacity', 'no room') };
  const gone = { cleanup: 'gone' } as const;

  test.each(['capacity', 'quota'] as const)(
    'lets the job wait on for its turn, without a delay and blaming no placement (%s)',
    (code) => {
      const verdict: Verdict = { kind: 'failed', reason: reason(code, 'no room') };
      const job = { notBefore: NEW_YEAR - 3_600_000 };
      expect(settle(verdict, { attempt: gone, job })).toEqual({
        kind: 'requeue',
        notBefore: NEW_YEAR - 3_600_000,
        spared: true,
      });
    },
  );

  test('counts not against the attempts that the spec allows', () => {
    const job = { spared: 7 };
    const settled = (number: number): unknown =>
      settle(LOST, { attempt: { ...gone, number }, job, retry: { attempts: 2 } });
    // Seven of them found no room: the eighth is the first that counts, the ninth the second and last.
    expect(settled(8)).toMatchObject({ kind: 'requeue', notBefore: NEW_YEAR + 11_000 });
    expect(settled(9)).toMatchObject({ kind: 'over', outcome: 'Failed' });
    expect(settle(NO_ROOM, { attempt: { ...gone, number: 9 }, retry: { attempts: 1 } })).toMatchObject({
      kind: 'requeue',
    });
  });

  test('ends the job at its fiftieth attempt, with the reason and why it is not tried again', () => {
    expect(settle(NO_ROOM, { attempt: { ...gone, number: 49 } })).toMatchObject({ kind: 'requeue' });
    expect(settle(NO_ROOM, { attempt: { ...gone, number: 50 } })).toEqual({
      kind: 'over',
      outcome: 'Failed',
      reason: {
        code: 'capacity',
        class: 'infrastructure',
        message: 'no room (A job makes at most 50 attempts.)',
      },
    });
  });

  test('makes it Canceled when a cancel is there', () => {
    expect(settle(NO_ROOM, { attempt: gone, cancelPresent: true })).toMatchObject({ outcome: 'Canceled' });
  });
});
