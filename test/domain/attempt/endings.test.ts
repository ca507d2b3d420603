import { afterLook } from '../../../domain/attempt/after-look';
import type { AttemptRow } from '../../../domain/attempt/attempt';
import { type Ending, ENDINGS, firstEnding } from '../../../domain/attempt/endings';
import { DEFAULT_TIMES } from '../../../domain/attempt/protocol-times';
import { reason } from '../../../domain/job/failure-reason';
import type { Verdict } from '../../../domain/job/outcome';
import { settlementOf } from '../../../domain/job/settlement';
import type { Observation, Workload } from '../../../domain/ports/compute-backend';
import { ABSENT, FOREIGN, intended, look, present, UNREADABLE } from '../../support/attempts';
import { attemptRow, jobRow, NEW_YEAR } from '../../support/rows';

/** All choices of some of these elements, each in the order of `all`. */
function choices<T>(all: readonly T[]): T[][] {
  return all.reduce<T[][]>((some, one) => [...some, ...some.map((few) => [...few, one])], [[]]);
}

/** Longer than any deadline of a look, seconds. */
const LATE_S = 1_000_000;
const PULL = reason('image-pull', 'no such tag today');
const NO_GPUS = reason('capacity', 'no GPUs today');

/** The ending that a verdict names by its reason. */
function endingOf(verdict: Verdict | undefined): Ending | undefined {
  if (verdict === undefined) return undefined;
  if (verdict.kind === 'succeeded') return 'exited';
  const told: Readonly<Record<string, Ending>> = {
    capacity: 'failed',
    'image-pull': 'unstartable',
    canceled: 'canceled',
    'pulling-deadline': 'deadline',
    lost: 'absent',
    'given-up': 'absent',
    'name-taken': 'foreign',
  };
  return told[verdict.reason.code];
}

describe('the table of endings', () => {
  test('puts what happened before what was wanted, and what was wanted before what time decides', () => {
    expect(ENDINGS).toEqual([
      'decided',
      'foreign',
      'exited',
      'failed',
      'unstartable',
      'canceled',
      'refused',
      'deadline',
      'absent',
      'unread',
      'expired',
      'tried',
    ]);
  });

  test('lets the earlier of any two that apply count, and none if none applies', () => {
    for (const [i, first] of ENDINGS.entries())
      for (const second of ENDINGS.slice(i + 1))
        expect(firstEnding({ [second]: second, [first]: first })).toBe(first);
    expect(firstEnding({})).toBeUndefined();
    expect(firstEnding({ exited: undefined, expired: 'expired' })).toBe('expired');
  });
});

describe('a look at which several ends apply', () => {
  test.each(choices(['exited', 'failed', 'unstartable', 'canceled', 'deadline'] as const))(
    'that shows the workload takes the first: %s %s %s %s %s',
    (...all) => {
      const applies = all.filter((ending) => (ending as string | undefined) !== undefined);
      const shown: Partial<Workload> = {
        phase: 'pulling',
        started: 'no',
        ...(applies.includes('exited') ? { phase: 'ended', exitCode: 0 } : {}),
        ...(applies.includes('failed') ? { failure: NO_GPUS } : {}),
        ...(applies.includes('unstartable') ? { startTrouble: PULL } : {}),
      };
      const before = intended({ seen: true, phase: 'pulling', startTroubleShown: true });
      const after = afterLook(
        before,
        look(present(shown), applies.includes('deadline') ? LATE_S : 1, {
          cancelPresent: applies.includes('canceled'),
        }),
      );
      expect(endingOf(after.verdict)).toBe(applies[0]);
    },
  );

  test.each(choices(['canceled', 'deadline', 'absent'] as const))(
    'that shows nothing of what was seen takes the first: %s %s %s',
    (...all) => {
      const applies = all.filter((ending) => (ending as string | undefined) !== undefined);
      const before = intended({
        seen: true,
        phase: 'pulling',
        phaseSince: NEW_YEAR + (applies.includes('deadline') ? 0 : 1_000_000),
        absentCount: 2,
        absentSince: NEW_YEAR,
      });
      const observation: Observation = applies.includes('absent') ? ABSENT : FOREIGN;
      const counts: Partial<AttemptRow> = applies.includes('absent') ? {} : { absentCount: 0 };
      const after = afterLook(
        { ...before, ...counts },
        look(observation, 2_000, { cancelPresent: applies.includes('canceled') }),
      );
      expect(endingOf(after.verdict)).toBe(applies[0]);
    },
  );

  test.each([
    ['foreign', FOREIGN, true, 'foreign'],
    ['canceled', ABSENT, true, 'canceled'],
    ['canceled while unreadable', UNREADABLE, true, 'canceled'],
    ['absent', ABSENT, false, 'absent'],
    ['unread', UNREADABLE, false, 'absent'], // Both are shown as given up.
  ] as const)(
    'that shows nothing yet, long after the create, takes %s',
    (_what, observation, cancelPresent, ends) => {
      const before = intended({ absentCount: 2, absentSince: NEW_YEAR });
      expect(endingOf(afterLook(before, look(observation, 2_000, { cancelPresent })).verdict)).toBe(ends);
    },
  );
});

describe('a job whose attempt failed while it was being canceled', () => {
  const settled = (verdict: Verdict, attempts: number): unknown =>
    settlementOf(attemptRow({ verdict, cleanup: 'gone' }), {
      plan: { ...plan(), retry: { attempts, exitCodes: [], rerunAfterStart: true } },
      job: jobRow(),
      cancelPresent: true,
      now: NEW_YEAR,
      times: DEFAULT_TIMES,
    });
  const plan = (): NonNullable<ReturnType<typeof jobRow>['plan']> => {
    const { plan: found } = jobRow();
    if (found === undefined) throw new Error('The job of the tests has no plan.');
    return found;
  };
  const exited: Verdict = { kind: 'failed', exitCode: 3, reason: reason('exit-code', 'exit code 3') };
  const lost: Verdict = { kind: 'failed', reason: reason('lost', 'vanished') };

  test('keeps what its own program did, and is Canceled in place of any other failure or further attempt', () => {
    expect(settled(exited, 3)).toMatchObject({ outcome: 'Failed', exitCode: 3 });
    expect(settled(lost, 1)).toMatchObject({ outcome: 'Canceled' });
    expect(settled(lost, 3)).toMatchObject({ outcome: 'Canceled' });
  });
});
