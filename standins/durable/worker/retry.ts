// Retries are the extension's work, not JavaScript's: attempts and the timers between them, each with its own id.
import { TICKS_PER_MS } from '../instant';
import { frameworkTimer, MAXIMUM_SHORT_TIMER } from '../step/timer';
import type { RetryOptions } from './orchestrator-state';
import { createPendingSource, type Pending, type Settled } from './pending';
import type { ReplayContext } from './replay-context';

const TICKS = Number(TICKS_PER_MS);

/**
 * Calls `attempt` until it completes or the options end the retries. After the last failed attempt one more timer
 * follows, due at once. The framework keeps it for histories of older versions, and JavaScript waits for it. When the
 * time is up there is no such timer, and JavaScript waits for ever.
 */
export function withRetry(
  context: ReplayContext,
  options: RetryOptions,
  attempt: () => Pending<unknown>,
): Pending<unknown> {
  const whole = createPendingSource<unknown>();
  const firstAttempt = context.now;

  const tryOnce = (retries: number): void => {
    attempt().whenSettled((outcome) => {
      if (outcome.kind === 'completed') whole.settle(outcome);
      else giveUpOrWait(retries, outcome);
    });
  };

  const giveUpOrWait = (retries: number, failed: Settled<unknown>): void => {
    if (retries + 1 >= options.maxNumberOfAttempts) {
      frameworkTimer(context, context.now).fired.whenSettled(() => whole.settle(failed));
      return;
    }
    const delay = nextDelayTicks(options, retries, Number(context.now - firstAttempt));
    if (delay === 0n) {
      whole.settle(failed);
      return;
    }
    frameworkTimer(context, context.now + delay).fired.whenSettled(() => tryOnce(retries + 1));
  };

  if (options.maxNumberOfAttempts <= 0) whole.settle({ kind: 'completed', value: undefined });
  else tryOnce(0);
  return whole;
}

/** Why these options can't be used at all, or undefined. */
export function refusedRetryOptions(options: RetryOptions): string | undefined {
  const longest = Number(MAXIMUM_SHORT_TIMER) / TICKS;
  const { firstRetryIntervalInMilliseconds: first, maxRetryIntervalInMilliseconds: max } = options;
  if (first <= 0) return 'Invalid interval.  Specify a TimeSpan value greater then TimeSpan.Zero.';
  if (first > longest || (max ?? longest) > longest)
    return `A retry interval is at most ${longest} ms (6 days).`;
  return undefined;
}

/** first × coefficient^retries, at most the longest interval; 0 once the timeout since the first attempt has passed. */
function nextDelayTicks(options: RetryOptions, retries: number, elapsedTicks: number): bigint {
  const timeout = options.retryTimeoutInMilliseconds;
  if (typeof timeout === 'number' && elapsedTicks >= timeout * TICKS) return 0n;
  const wanted = options.firstRetryIntervalInMilliseconds * (options.backoffCoefficient ?? 1) ** retries;
  const longest = options.maxRetryIntervalInMilliseconds ?? Number(MAXIMUM_SHORT_TIMER) / TICKS;
  return BigInt(Math.trunc(Math.min(wanted, longest) * TICKS));
}
