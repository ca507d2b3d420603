// The limits on requests: ARM's own on all of them, the service's on creates and deletes.
import type { Clock } from '../kernel/clock';
import { ArmFault } from '../wire/arm-error';
import { type Admission, createFixedWindow, createTokenBucket, type Limiter } from '../wire/rate-limit';
import type { AciSettings } from './settings';

type Headers = Readonly<Record<string, string>>;

export interface Throttling {
  /** Counts any ARM request. The headers say what is left. Throws 429. */
  request(method: string, subscription: string): Headers;
  /** Counts a create or a delete of a group in a region. Throws 429. */
  change(kind: 'create' | 'delete', subscription: string, region: string): Headers;
}

type Bucket = 'reads' | 'writes' | 'deletes';

/** Bucket sizes and refills a second (docs/facts/azure-resource-manager.md#request-buckets). */
const ARM_BUCKETS: Readonly<Record<Bucket, readonly [size: number, perSecond: number]>> = {
  reads: [250, 25],
  writes: [200, 10],
  deletes: [200, 10],
};

export function createThrottling(clock: Clock, settings: AciSettings): Throttling {
  if (!settings.rateLimits) return { request: () => ({}), change: () => ({}) };
  const bucket = (name: Bucket): Limiter => createTokenBucket(clock, ...ARM_BUCKETS[name]);
  const buckets = { reads: bucket('reads'), writes: bucket('writes'), deletes: bucket('deletes') };
  const perHour = createFixedWindow(clock, settings.changesPerHour, 3_600);
  const per5Minutes = createFixedWindow(clock, settings.changesPer5Minutes, 300);
  return {
    request: (method, subscription) => {
      const name: Bucket = method === 'GET' ? 'reads' : method === 'DELETE' ? 'deletes' : 'writes';
      const admission = buckets[name].take(subscription);
      const what = `subscription '${subscription}' and operation '${name}'`;
      return { [`x-ms-ratelimit-remaining-subscription-${name}`]: passed(admission, what, '00:00:01') };
    },
    change: (kind, subscription, region) => {
      const key = `${kind}/${subscription}/${region}`;
      const what = `${kind} of Microsoft.ContainerInstance/containerGroups`;
      // The shorter window comes first, so that a request which it refuses does not use up the longer one.
      const pt5m = passed(per5Minutes.take(key), what, '00:05:00');
      const pt1h = passed(perHour.take(key), what, '01:00:00');
      return {
        'x-ms-ratelimit-remaining-subscription-resource-requests-pt1h': pt1h,
        'x-ms-ratelimit-remaining-subscription-resource-requests-pt5m': pt5m,
      };
    },
  };
}

/**
 * The number left, or the fault with ARM's sentence, as far as it is known
 * (docs/facts/azure-resource-manager.md#throttled).
 */
function passed(admission: Admission, what: string, interval: string): string {
  if (admission.passed) return String(admission.remaining);
  const seconds = admission.retryAfterSeconds;
  throw new ArmFault(
    429,
    'ResourceRequestsThrottled',
    `Number of requests for ${what} exceeded the limit for time interval '${interval}'. Please try again after '${seconds}' seconds.`,
    { 'retry-after': String(seconds) },
  );
}
