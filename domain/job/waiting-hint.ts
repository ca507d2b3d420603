// The hint that leads the dispatcher to a waiting job, written before the job's row says that it waits.
import type { HintedWants, WaitingHint } from '../ports/hint-store';
import type { JobRow } from './job';
import { waitingKey } from './names';

/** The hint for a job's next attempt, before the job's row says that it waits. `now` in epoch milliseconds. */
export function waitingHint(job: JobRow, now: number): WaitingHint {
  const attempt = job.attempt + 1;
  return {
    key: waitingKey(job.notBefore, job.jobId, attempt),
    jobId: job.jobId,
    attempt,
    writtenAt: now,
    ...(job.plan === undefined ? {} : { wants: wantsOf(job, job.plan) }),
  };
}

function wantsOf(job: JobRow, plan: NonNullable<JobRow['plan']>): HintedWants {
  return {
    placements: plan.placements,
    ...(plan.gpu === undefined ? {} : { gpu: plan.gpu }),
    ...(plan.concurrencyKey === undefined ? {} : { concurrencyKey: plan.concurrencyKey }),
    ...(job.group?.atOnce === undefined ? {} : { group: job.group.id }),
    until: queuedUntil(job),
  };
}

/** When the queued deadline of a waiting job passes, epoch milliseconds. */
export function queuedUntil(job: JobRow): number {
  return job.notBefore + (job.plan?.deadlines.queued ?? 0) * 1000;
}

/** The job is not admitted before this instant, epoch milliseconds; 0 when the key does not say. */
export function notBeforeOf(hint: WaitingHint): number {
  const digits = /^(\d{14})-/.exec(hint.key)?.[1];
  return digits === undefined ? 0 : Number(digits);
}
