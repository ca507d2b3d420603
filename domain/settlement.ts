// What an attempt's verdict means for its job: over, another attempt, or not yet (protocol §4.6).
import type { AttemptRow } from './attempt';
import type { Reason } from './failure-reason';
import { reason } from './failure-reason';
import type { JobPlan } from './job';
import type { RetryPolicy } from './job-spec';
import type { Outcome, Verdict } from './outcome';
import type { ProtocolTimes } from './protocol-times';
import { retryDelayMs } from './retry-delay';

export type Settlement =
  | { readonly kind: 'over'; readonly outcome: Outcome; readonly reason?: Reason; readonly exitCode?: number }
  /** `notBefore`: epoch milliseconds. */
  | { readonly kind: 'requeue'; readonly notBefore: number; readonly failedPlacement?: string }
  /** Only a requeue waits: until the old workload is gone. */
  | { readonly kind: 'wait' };

export interface SettlementFacts {
  readonly plan: JobPlan;
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
  const over: Settlement = {
    kind: 'over',
    outcome: 'Failed',
    reason: verdict.reason,
    ...exitCodeOf(verdict),
  };
  if (!mayTryAgain(attempt, verdict, policy)) {
    const canceled = facts.cancelPresent && verdict.reason.class === 'infrastructure';
    return canceled
      ? {
          kind: 'over',
          outcome: 'Canceled',
          reason: reason('canceled', `Canceled; the attempt had failed: ${verdict.reason.message}`),
        }
      : over;
  }
  if (facts.cancelPresent)
    return {
      kind: 'over',
      outcome: 'Canceled',
      reason: reason('canceled', 'Canceled before its next attempt.'),
    };
  if (!policy.rerunAfterStart && attempt.cleanup !== 'gone') {
    const removingMs = facts.now - (attempt.removalRequestedAt ?? facts.now);
    return removingMs > facts.times.overdueS * 1000 ? over : { kind: 'wait' };
  }
  return {
    kind: 'requeue',
    notBefore: facts.now + retryDelayMs(attempt.number, facts.times.retryBackoffS),
    ...(verdict.reason.class === 'infrastructure' ? { failedPlacement: attempt.placement } : {}),
  };
}

/** Infrastructure failures within the budget, unless the program had started and must not run twice; user failures by named exit codes only. */
function mayTryAgain(
  attempt: AttemptRow,
  verdict: Extract<Verdict, { kind: 'failed' }>,
  policy: RetryPolicy,
): boolean {
  if (attempt.number >= policy.attempts) return false;
  if (verdict.reason.class === 'user')
    return verdict.exitCode !== undefined && policy.exitCodes.includes(verdict.exitCode);
  return policy.rerunAfterStart || !attempt.startShown;
}

function exitCodeOf(verdict: { exitCode?: number | undefined }): { exitCode?: number } {
  return verdict.exitCode === undefined ? {} : { exitCode: verdict.exitCode };
}
