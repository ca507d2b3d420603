// ARM's limits on requests, as the counters of recorded answers show them: buckets that refill within a second or so.
import type { Clock } from '../kernel/clock';
import { ArmFault } from '../wire/arm-error';
import { createFixedWindow, createTokenBucket, type Limiter } from '../wire/rate-limit';

export interface Throttling {
  /** Counts a request. The headers say what is left. Throws 429. */
  request(method: string, subscription: string): Readonly<Record<string, string>>;
  /** Counts a query of Log Analytics. Throws 429. */
  query(workspace: string): void;
}

/**
 * Header, size and refill a second, by method. Recorded answers show one less than the size nearly every time
 * (docs/facts/container-apps.md#request-counters); the refill is inferred from that.
 */
const BUCKETS = {
  GET: { header: 'x-ms-ratelimit-remaining-subscription-global-reads', size: 16_500, perSecond: 250 },
  PUT: { header: 'x-ms-ratelimit-remaining-subscription-resource-requests', size: 800, perSecond: 40 },
  PATCH: { header: 'x-ms-ratelimit-remaining-subscription-resource-requests', size: 800, perSecond: 40 },
  POST: { header: 'x-ms-ratelimit-remaining-subscription-writes', size: 800, perSecond: 40 },
  DELETE: { header: 'x-ms-ratelimit-remaining-subscription-deletes', size: 800, perSecond: 40 },
} as const;

export function createThrottling(clock: Clock, queriesIn30Seconds: number): Throttling {
  const limiters = new Map<string, Limiter>();
  const queries = createFixedWindow(clock, queriesIn30Seconds, 30);
  return {
    request: (method, subscription) => {
      const bucket = Object.entries(BUCKETS).find(([name]) => name === method)?.[1];
      if (!bucket) return {};
      const limiter = limiters.get(bucket.header) ?? createTokenBucket(clock, bucket.size, bucket.perSecond);
      limiters.set(bucket.header, limiter);
      const admission = limiter.take(subscription);
      if (!admission.passed) throw throttled(admission.retryAfterSeconds);
      return { [bucket.header]: String(admission.remaining) };
    },
    query: (workspace) => {
      const admission = queries.take(workspace);
      if (!admission.passed) throw throttledQuery(admission.retryAfterSeconds);
    },
  };
}

/** Status and header are documented; the code and the words are not confirmed by any source. */
export function throttledQuery(seconds: number): ArmFault {
  const message = `Rate limit is exceeded. Try again in ${seconds} seconds.`;
  return new ArmFault(429, 'ThrottledError', message, { 'retry-after': String(seconds) });
}

/** The tenant of every subscription here. */
const TENANT = '11111111-1111-1111-1111-111111111111';

/** ARM's 429: the code is the number as text, and the wait is in the sentence (recorded on another resource type). */
export function throttled(seconds: number): ArmFault {
  return new ArmFault(
    429,
    '429',
    `Request is temporarily throttled because tenant ${TENANT} has issued too many requests. Retry after ${seconds} seconds.`,
    { 'retry-after': String(seconds) },
  );
}
