// The hint that leads the dispatcher to a waiting job, written before the job's row says that it waits.
import type { HintedWants, WaitingHint } from '../ports/hint-store';
import type { JobRow } from './job';
import { waitingKey } from './names';

/** For the next attempt of a job whose row is about to say that it waits for it; `now` in epoch milliseconds. */
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
    until: queuedUntil(job),
  };
}

/** When the queued deadline of a waiting job passes, epoch milliseconds. */
export function queuedUntil(job: JobRow): number {
  return job.notBefore + (job.plan?.deadlines.queued ?? 0) * 1000;
}

/** Before this instant (epoch milliseconds) the job is not admitted; 0 when the key does not say. */
export function notBeforeOf(hint: WaitingHint): number {
  const digits = /^(\d{14})-/.exec(hint.key)?.[1];
  return digits === undefined ? 0 : Number(digits);
}
