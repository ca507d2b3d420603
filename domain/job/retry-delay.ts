// How long a job waits before its next attempt.

const MAX_DELAY_MS = 5 * 60_000;

/** Doubles with each attempt, from `baseS` seconds to at most five minutes; milliseconds. */
export function retryDelayMs(failedAttempt: number, baseS: number): number {
  return Math.min(baseS * 1000 * 2 ** (failedAttempt - 1), MAX_DELAY_MS);
}
