// When a request is sent again, and after how long. Pure.

/** Statuses by which a service says "not now": request time-out, too many requests, and what gateways answer for it. */
const NOT_NOW: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5_000;
/** A longer wait than this is the caller's to decide about. */
const LONGEST_RETRY_AFTER_MS = 60_000;

/** Whether asking again may give another answer than this status. */
export function isNotNow(status: number): boolean {
  return NOT_NOW.has(status);
}

/**
 * Milliseconds before try number `next` (2 is the first repetition): doubling, half of it by chance. `random` is in [0,
 * 1).
 */
export function delayBefore(next: number, random: number): number {
  const whole = Math.min(FIRST_DELAY_MS * 2 ** Math.max(0, next - 2), LONGEST_DELAY_MS);
  return whole / 2 + (whole / 2) * random;
}

/**
 * Milliseconds that a Retry-After header asks for, seconds or a date (RFC 9110 §10.2.3); undefined where it asks for
 * nothing usable.
 */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), LONGEST_RETRY_AFTER_MS) : undefined;
}
