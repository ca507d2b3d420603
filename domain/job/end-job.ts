// Ends a job's row: the only way to `over`, once, together with the outcome.
import { type Reason, reason } from './failure-reason';
import type { JobRow } from './job';
import type { Outcome } from './outcome';

export interface End {
  readonly outcome: Outcome;
  readonly reason?: Reason;
  readonly exitCode?: number;
}

/** A job that waits has no workload: its cancel ends it at once. */
export const CANCELED_WHILE_WAITING: End = {
  outcome: 'Canceled',
  reason: reason('canceled', 'Canceled while it waited.'),
};

/**
 * The row with its outcome; `now` in epoch milliseconds. Throws when the row has an outcome already: it is never
 * overwritten (S4).
 */
export function ended(job: JobRow, end: End, now: number): JobRow {
  if (job.state === 'over')
    throw new Error(`Job ${job.jobId} is over (${job.outcome ?? '?'}); it cannot become ${end.outcome}.`);
  return {
    ...job,
    state: 'over',
    outcome: end.outcome,
    overAt: now,
    ...(end.reason === undefined ? {} : { reason: end.reason }),
    ...(end.exitCode === undefined ? {} : { exitCode: end.exitCode }),
  };
}
