// How an attempt ends without a workload: gone at once, unless its preparation may have left something to remove.
import type { JobPlan } from '../job/job';
import type { Verdict } from '../job/outcome';
import type { Billing } from '../money/attempt-cost';
import { withVerdict } from './after-look';
import type { AttemptRow } from './attempt';
import { withGone } from './gone';

/** What the end of an attempt is reckoned by; `now` in epoch milliseconds. */
export interface EndFacts {
  readonly plan: JobPlan;
  readonly billing: Billing;
  readonly now: number;
}

/** There is no log to archive. From `preparedAt` on the removal is due, and decides what is gone [M_PREPGONE]. */
export function endedUncreated(row: AttemptRow, verdict: Verdict, facts: EndFacts): AttemptRow {
  const ended = withVerdict(row, verdict, facts.now);
  if (row.preparedAt === undefined) return withGone(ended, facts.plan, facts.billing, facts.now);
  return { ...ended, cleanup: 'due' };
}

/** Before any intent: closed in the same write, so that no create can follow [W_INTENTLOOSE]. */
export function closedUncreated(row: AttemptRow, verdict: Verdict, facts: EndFacts): AttemptRow {
  return { ...endedUncreated(row, verdict, facts), intent: { kind: 'closed' } };
}

/** The intent is set, and the one execution that may send a create will not: as certain as a refusal of the create. */
export function endedUnsent(row: AttemptRow, verdict: Verdict, facts: EndFacts): AttemptRow {
  const ended = endedUncreated(row, verdict, facts);
  return row.preparedAt === undefined ? ended : { ...ended, answer: 'refused' };
}
