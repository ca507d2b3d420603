import type { AttemptRow } from '../../../domain/attempt/attempt';
import { DEFAULT_TIMES } from '../../../domain/attempt/protocol-times';
import { hasExpired, isMassDelete, sweepVerdict, type SweptRow } from '../../../domain/sweep/sweep-verdict';
import { listedWorkload } from '../../support/app/listed-workloads';
import { attemptRow, NEW_YEAR } from '../../support/rows';

/** The verdict `afterS` seconds after the workload's creation. Its tags expire after an hour. */
function verdict(swept: SweptRow, afterS: number): string {
  return sweepVerdict(listedWorkload(1), swept, NEW_YEAR + afterS * 1000, DEFAULT_TIMES);
}
const known = (over: Partial<AttemptRow>): SweptRow => ({ kind: 'known', row: attemptRow(over) });
const EXPIRES = { expiresAt: NEW_YEAR + 3_600_000 };

describe('what the sweep does with a listed workload', () => {
  test.each<[string, SweptRow, number, string]>([
    ['whose row is unreadable, before its tags expire', { kind: 'unreadable' }, 3_599, 'leave'],
    ['whose row is unreadable, when its tags expire', { kind: 'unreadable' }, 3_600, 'delete'],
    ['without a row, fifteen minutes old', { kind: 'absent' }, 900, 'leave'],
    ['without a row, older', { kind: 'absent' }, 901, 'delete-unknown'],
    ['whose removal is due', known({ cleanup: 'due' }), 0, 'delete'],
    ['whose removal was requested and no delete sent', known({ cleanup: 'requested' }), 0, 'delete'],
    [
      'whose delete was sent less than two minutes ago',
      known({ cleanup: 'requested', deleteSentAt: NEW_YEAR }),
      119,
      'leave',
    ],
    [
      'whose delete was sent two minutes ago',
      known({ cleanup: 'requested', deleteSentAt: NEW_YEAR }),
      120,
      'delete',
    ],
    ['that is gone by its row', known({ cleanup: 'gone' }), 0, 'look-again'],
    ['that is gone by its row, expired too', known({ cleanup: 'gone', ...EXPIRES }), 9_999, 'look-again'],
    ['that runs', known({ seen: true, ...EXPIRES }), 3_599, 'leave'],
    ['that runs past its expiry', known({ seen: true, ...EXPIRES }), 3_600, 'expire'],
    [
      'with a verdict and no removal due',
      known({ verdict: { kind: 'succeeded', exitCode: 0 }, ...EXPIRES }),
      3_599,
      'leave',
    ],
    [
      'with a verdict, past its expiry',
      known({ verdict: { kind: 'succeeded', exitCode: 0 }, ...EXPIRES }),
      3_600,
      'expire',
    ],
    ['whose row names no expiry yet: its tags do not count, the row is there', known({}), 9_999, 'leave'],
  ])('%s', (_what, swept, afterS, expected) => {
    expect(verdict(swept, afterS)).toBe(expected);
  });
});

test.each(['due', 'requested', 'gone'] as const)(
  'an attempt whose cleanup is %s no longer expires',
  (cleanup) => {
    expect(hasExpired(attemptRow({ cleanup, ...EXPIRES }), NEW_YEAR + 9_999_000)).toBe(false);
  },
);

test.each([
  [10, 10, false],
  [11, 55, false],
  [11, 54, true],
  [11, 11, true],
  [0, 0, false],
])('%i unknown of %i listed need a person first: %s', (unknown, listed, needed) => {
  expect(isMassDelete(unknown, listed)).toBe(needed);
});
