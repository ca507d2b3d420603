// What a story promises about its next look, so that the sweep can tell a hung story from a waiting one (protocol §1,
// nextBy).
import type { AttemptRow } from '../../domain/attempt/attempt';
import type { ProtocolTimes } from '../../domain/attempt/protocol-times';

type PromiseTimes = Pick<ProtocolTimes, 'storyPromiseS'>;

/** The promise is renewed when less than this part of it is left, so that a quiet poll needs no write. */
const RENEW_BELOW = 0.4;

/** Whether a poll that changes nothing else must still write the row. */
export function promiseLapses(
  row: AttemptRow,
  now: number,
  nextLookMs: number,
  times: PromiseTimes,
): boolean {
  return row.nextBy < now + nextLookMs + RENEW_BELOW * storyPromiseMs(times);
}

/** The row with its heartbeat and a fresh promise. */
export function withPromise(
  row: AttemptRow,
  now: number,
  nextLookMs: number,
  times: PromiseTimes,
): AttemptRow {
  return { ...row, heartbeat: now, nextBy: now + nextLookMs + storyPromiseMs(times) };
}

/** Added to the time until the next look: queues, cold starts and retries of activities fit in. Milliseconds. */
export function storyPromiseMs({ storyPromiseS }: PromiseTimes): number {
  return storyPromiseS * 1000;
}
