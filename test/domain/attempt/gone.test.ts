import { withGone } from '../../../domain/attempt/gone';
import type { Billing } from '../../../domain/money/attempt-cost';
import { attemptRow, jobRow, NEW_YEAR } from '../../support/rows';

const HOUR = 3_600_000;
const BILLING: Billing = {
  bills: { from: 'pulling', until: 'gone', of: 'workload' },
  prices: { V100: 3, T4: 0.5 },
};
const { plan } = jobRow();
if (plan === undefined) throw new Error('The test job has a plan.');
const PLAN = plan; // One V100.
const PULLED = { phases: { pulling: NEW_YEAR } };

describe('an attempt that is gone', () => {
  test('says so, and when it was found gone, and is overdue no longer', () => {
    const row = attemptRow({ cleanup: 'requested', overdueSince: NEW_YEAR });
    const gone = withGone(row, PLAN, BILLING, NEW_YEAR + HOUR);
    expect(gone).toMatchObject({ cleanup: 'gone', goneAt: NEW_YEAR + HOUR });
    expect(gone.overdueSince).toBeUndefined();
  });

  test('has cost what it was billed for, by the prices of that moment', () => {
    expect(withGone(attemptRow(PULLED), PLAN, BILLING, NEW_YEAR + 2 * HOUR).cost).toEqual({
      currency: 'USD',
      amount: 6,
      billedMs: 2 * HOUR,
      prices: [{ of: 'V100', perHour: 3, quantity: 1 }],
    });
  });

  test('is charged for the GPU that it got, not for the one asked for', () => {
    const gpu = { count: 2, sku: 'T4', insteadOf: 'V100' };
    const { cost } = withGone(attemptRow({ ...PULLED, gpu }), PLAN, BILLING, NEW_YEAR + HOUR);
    expect(cost).toMatchObject({ amount: 1, prices: [{ of: 'T4', quantity: 2 }] });
  });

  test('has cost nothing when nothing showed it to begin', () => {
    const { cost } = withGone(attemptRow(), PLAN, BILLING, NEW_YEAR + HOUR);
    expect(cost).toMatchObject({ amount: 0, billedMs: 0 });
  });

  test.each([
    ['no price', undefined],
    ['none for its GPU', { cpu: 1 }],
  ])('has an unknown cost where there is %s', (_what, prices) => {
    const { cost } = withGone(attemptRow(PULLED), PLAN, { ...BILLING, prices }, NEW_YEAR + HOUR);
    expect(cost).toBeUndefined();
  });

  test('keeps its prices when it reappears and is gone once more', () => {
    const first = withGone(attemptRow(PULLED), PLAN, BILLING, NEW_YEAR + HOUR);
    const dearer = { ...BILLING, prices: { V100: 300 } };
    const again = withGone({ ...first, cleanup: 'requested' }, PLAN, dearer, NEW_YEAR + 2 * HOUR);
    expect(again.cost).toMatchObject({ amount: 6, prices: [{ of: 'V100', perHour: 3, quantity: 1 }] });
  });
});
