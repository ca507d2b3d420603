// What the headers of an answer of ARM tell about the rate of requests. Pure.
import type { PaceReport } from '../../domain/placement/pace';

/** As the SDK's responses have them. */
export interface AnswerHeaders {
  get(name: string): string | undefined;
}

/**
 * Counts of what is left, by kind: ARM's bucket for all requests, the service's windows for creates and deletes
 * (docs/facts/container-instances.md#create-and-delete-windows).
 */
const REMAINING: Readonly<Record<PaceReport['kind'], readonly string[]>> = {
  read: ['x-ms-ratelimit-remaining-subscription-reads', 'x-ms-ratelimit-remaining-subscription-global-reads'],
  create: [
    'x-ms-ratelimit-remaining-subscription-writes',
    'x-ms-ratelimit-remaining-subscription-resource-requests-pt1h',
    'x-ms-ratelimit-remaining-subscription-resource-requests-pt5m',
  ],
  delete: [
    'x-ms-ratelimit-remaining-subscription-deletes',
    'x-ms-ratelimit-remaining-subscription-resource-requests-pt1h',
    'x-ms-ratelimit-remaining-subscription-resource-requests-pt5m',
  ],
};

const TOO_MANY_REQUESTS = 429;

export function paceReport(kind: PaceReport['kind'], status: number, headers: AnswerHeaders): PaceReport {
  const isThrottled = status === TOO_MANY_REQUESTS;
  const retryAfter = isThrottled ? retryAfterMs(headers) : undefined;
  const left = REMAINING[kind]
    .map((name) => countOf(headers.get(name)))
    .filter((count) => count !== undefined);
  return {
    kind,
    throttled: isThrottled,
    ...(retryAfter === undefined ? {} : { retryAfterMs: retryAfter }),
    ...(left.length === 0 ? {} : { remaining: Math.min(...left) }),
  };
}

/** Seconds, or an HTTP date by the server's own clock (RFC 9110 §10.2.3); undefined for anything else. */
function retryAfterMs(headers: AnswerHeaders): number | undefined {
  const value = headers.get('retry-after');
  const seconds = countOf(value);
  if (seconds !== undefined) return seconds * 1000;
  const waitMs = Date.parse(value ?? '') - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}

function countOf(value: string | undefined): number | undefined {
  return value !== undefined && /^\d+$/.test(value.trim()) ? Number(value) : undefined;
}
