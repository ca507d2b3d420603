// What a story promises about its next look, so that silence can be told from patience (protocol §1, nextBy).
import type { AttemptRow } from '../domain/attempt';

/** Added to the time until the next look: queues, cold starts and retries of activities fit in. Milliseconds. */
export const STORY_PROMISE_MS = 5 * 60_000;

/** Below this much left the promise is renewed, so that a quiet poll needs no write. */
const RENEW_BELOW_MS = 2 * 60_000;

/** Whether a poll that changes nothing else must still write the row. */
export function promiseLapses(row: AttemptRow, now: number, nextLookMs: number): boolean {
  return row.nextBy < now + nextLookMs + RENEW_BELOW_MS;
}

/** The row with its heartbeat and a fresh promise. */
export function withPromise(row: AttemptRow, now: number, nextLookMs: number): AttemptRow {
  return { ...row, heartbeat: now, nextBy: now + nextLookMs + STORY_PROMISE_MS };
}
