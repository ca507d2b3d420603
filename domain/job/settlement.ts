// What an attempt's verdict means for its job: over, another attempt, or not yet (protocol §4.6).
import type { AttemptRow } from '../attempt/attempt';
import { firstEnding } from '../attempt/endings';
import { mayHaveStarted } from '../attempt/program-start';
import type { ProtocolTimes } from '../attempt/protocol-times';
import { lackOf } from '../placement/capacity';
import type { RetryPolicy } from '../spec/job-spec';
import type { Reason } from './failure-reason';
import { reason } from './failure-reason';
import type { JobPlan, JobRow } from './job';
import type { Outcome, Verdict } from './outcome';
import { retryDelayMs } from './retry-delay';

export type Settlement =
  | { readonly kind: 'over'; readonly outcome: Outcome; readonly reason?: Reason; readonly exitCode?: number }
  /** `notBefore`: epoch milliseconds; of the past where the job keeps its turn and its queued deadline runs on. */
  | {
      readonly kind: 'requeue';
      readonly notBefore: number;
      readonly failedPlacement?: string;
      /** The attempt counts against nothing: what it asked for could not be had. */
      readonly spared?: true;
    }
  /** Only a requeue waits: until the old workload is gone. */
  | { readonly kind: 'wait' };

export interface SettlementFacts {
  readonly plan: JobPlan;
  readonly job: Pick<JobRow, 'notBefore' | 'spared'>;
  readonly cancelPresent: boolean;
  readonly now: number;
  readonly times: ProtocolTimes;
}

/** What to settle an attempt as; `wait` too while it has no verdict. */
export function settlementOf(attempt: AttemptRow, facts: SettlementFacts): Settlement {
  const verdict = attempt.verdict;
  if (verdict === undefined) return { kind: 'wait' };
  switch (verdict.kind) {
    case 'succeeded':
      return { kind: 'over', outcome: 'Succeeded', exitCode: verdict.exitCode };
    case 'canceled':
      return { kind: 'over', outcome: 'Canceled', reason: verdict.reason };
    case 'timed-out':
      return { kind: 'over', outcome: 'TimedOut', reason: verdict.reason };
    case 'failed':
      return failedSettlement(attempt, verdict, facts);
  }
}

function failedSettlement(
  attempt: AttemptRow,
  verdict: Extract<Verdict, { kind: 'failed' }>,
  facts: SettlementFacts,
): Settlement {
  const policy = facts.plan.retry;
  const counted = attempt.number - (facts.job.spared ?? 0);
  const over: Settlement = {
    kind: 'over',
    outcome: 'Failed',
    reason: withCount(verdict.reason, attempt.number),
    ...exitCodeOf(verdict),
  };
  const isFinal = !mayTryAgain(attempt, verdict, policy, counted);
  const isOwn = isFinal && verdict.reason.class !== 'infrastructure';
  const end = firstEnding<Settlement>({
    decided: isOwn ? over : undefined,
    canceled: facts.cancelPresent ? canceledAfter(verdict, isFinal) : undefined,
    tried: isFinal ? over : undefined,
  });
  return end ?? nextAttempt(attempt, verdict, facts, counted, over);
}

function canceledAfter(verdict: { readonly reason: Reason }, isFinal: boolean): Settlement {
  const why = isFinal
    ? `Canceled; the attempt had failed: ${verdict.reason.message}`
    : 'Canceled before its next attempt.';
  return { kind: 'over', outcome: 'Canceled', reason: reason('canceled', why) };
}

/** `over`: what a job becomes that waits in vain for the removal of its last attempt. */
function nextAttempt(
  attempt: AttemptRow,
  verdict: Extract<Verdict, { kind: 'failed' }>,
  facts: SettlementFacts,
  counted: number,
  over: Settlement,
): Settlement {
  if (!facts.plan.retry.rerunAfterStart && attempt.cleanup !== 'gone') {
    const removingMs = facts.now - (attempt.removalRequestedAt ?? facts.now);
    return removingMs > facts.times.overdueS * 1000 ? over : { kind: 'wait' };
  }
  // Its turn and its queued deadline are those of when it first waited; the placement says when anybody may try again
  // (capacity.ts).
  if (lackOf(verdict.reason.code) !== undefined)
    return { kind: 'requeue', notBefore: facts.job.notBefore, spared: true };
  return {
    kind: 'requeue',
    notBefore: facts.now + retryDelayMs(counted, facts.times.retryBackoffS),
    ...(verdict.reason.class === 'infrastructure' ? { failedPlacement: attempt.placement } : {}),
  };
}

/**
 * A job makes no more attempts than these, whatever they count against: each is a row that everybody who looks at the
 * job reads.
 */
const MOST_ATTEMPTS = 50;

/**
 * Infrastructure failures within the budget, unless the program may have started and must not run twice; user failures
 * by named exit codes only.
 * `counted`: this attempt and the earlier ones that count; one that could not be had what it asked for counts against
 * nothing.
 */
function mayTryAgain(
  attempt: AttemptRow,
  verdict: Extract<Verdict, { kind: 'failed' }>,
  policy: RetryPolicy,
  counted: number,
): boolean {
  if (attempt.number >= MOST_ATTEMPTS) return false;
  if (lackOf(verdict.reason.code) === undefined && counted >= policy.attempts) return false;
  if (verdict.reason.class === 'user')
    return verdict.exitCode !== undefined && policy.exitCodes.includes(verdict.exitCode);
  return policy.rerunAfterStart || !mayHaveStarted(attempt);
}

/** The reason that ends a job says why it was not tried again. */
function withCount(of: Reason, attempts: number): Reason {
  if (attempts < MOST_ATTEMPTS || of.class === 'user') return of;
  return reason(of.code, `${of.message} (A job makes at most ${MOST_ATTEMPTS} attempts.)`, of.class);
}

function exitCodeOf(verdict: { exitCode?: number | undefined }): { exitCode?: number } {
  return verdict.exitCode === undefined ? {} : { exitCode: verdict.exitCode };
}
