// Two ways of limiting requests: a bucket that refills, and a count per window of time.
import type { Clock } from '../kernel/clock';

/** Whether a request may pass, what is left, and how long to wait otherwise. */
export type Admission =
  | { readonly passed: true; readonly remaining: number }
  | { readonly passed: false; readonly remaining: number; readonly retryAfterSeconds: number };

export interface Limiter {
  /** Counts one request for `key`, unless it is refused. */
  take(key: string): Admission;
}

/**
 * Holds `size` requests and refills by `perSecond` a second, which is ARM's rule since 2024
 * (docs/facts/azure-resource-manager.md#request-buckets).
 */
export function createTokenBucket(clock: Clock, size: number, perSecond: number): Limiter {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take: (key) => {
      const now = clock.monotonic();
      const before = buckets.get(key) ?? { tokens: size, at: now };
      const tokens = Math.min(size, before.tokens + ((now - before.at) / 1000) * perSecond);
      if (tokens < 1) {
        buckets.set(key, { tokens, at: now });
        return { passed: false, remaining: 0, retryAfterSeconds: Math.ceil((1 - tokens) / perSecond) };
      }
      buckets.set(key, { tokens: tokens - 1, at: now });
      return { passed: true, remaining: Math.floor(tokens - 1) };
    },
  };
}

/** Lets `limit` requests pass in any window of `windowSeconds`, which begins with its first request. */
export function createFixedWindow(clock: Clock, limit: number, windowSeconds: number): Limiter {
  const windows = new Map<string, { count: number; from: number }>();
  return {
    take: (key) => {
      const now = clock.monotonic();
      const last = windows.get(key);
      const window = last && now - last.from < windowSeconds * 1000 ? last : { count: 0, from: now };
      windows.set(key, window);
      if (window.count >= limit) {
        const left = windowSeconds - (now - window.from) / 1000;
        return { passed: false, remaining: 0, retryAfterSeconds: Math.max(1, Math.ceil(left)) };
      }
      window.count += 1;
      return { passed: true, remaining: limit - window.count };
    },
  };
}
