// The only way that an attempt's row becomes gone: with what the attempt cost, by the prices of that moment.
import type { JobPlan } from '../job/job';
import { type Billing, reckonedCost } from '../money/attempt-cost';
import type { AttemptRow } from './attempt';

/**
 * `now`, epoch milliseconds: when it was found gone. An attempt that nothing showed to begin cost 0, where there are
 * prices.
 */
export function withGone(row: AttemptRow, plan: JobPlan, billing: Billing, now: number): AttemptRow {
  const cost = reckonedCost(row, plan, billing, now);
  return {
    ...row,
    cleanup: 'gone',
    goneAt: now,
    overdueSince: undefined,
    ...(cost === undefined ? {} : { cost }),
  };
}
