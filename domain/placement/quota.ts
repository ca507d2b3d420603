// A platform's quotas as they were read, and whether what a workload counts against them fits. Pure.
import type { Count } from '../backend/offer';
import { isSameName } from '../parse/any-case';
import type { Holder } from '../ports/placement-store';

/** One quota, under the platform's own name for it. */
export interface QuotaUsage {
  readonly name: string;
  readonly used: number;
  readonly limit: number;
}

export interface QuotaReading {
  readonly usages: readonly QuotaUsage[];
  /** Epoch milliseconds. */
  readonly readAt: number;
}

/** What is known of a placement's quotas, and why nothing newer is. */
export interface CurrentQuotas {
  readonly reading?: QuotaReading | undefined;
  /** Why the latest try to read them failed. */
  readonly failure?: string | undefined;
}

/** Reads quotas ahead of time, so that asking costs nothing. */
export interface QuotaReadings {
  /** What was read of a placement's quotas lately; undefined: unknown. */
  of(placement: string): QuotaReading | undefined;
  /**
   * The same for callers that can wait: reads the quotas first if no process here has tried for a while. Never rejects.
   */
  current(placement: string): Promise<CurrentQuotas>;
  /** Reads a placement's quotas again in a moment, after a create there was refused for one of them. */
  readAgain(placement: string): void;
  /** Reads the quotas of every placement anew and reports what can't be read, which is unknown then. Never rejects. */
  refresh(): Promise<readonly { readonly placement: string; readonly why: string }[]>;
}

/** The places that were taken after a reading, so that the reading does not show their workloads. */
export type Unread = readonly Holder[];

/**
 * - `free`: no quota that was read is in the way; an unknown quota never is
 * - `in-use`: the workload must wait until others are gone
 * - `too-small`: the workload does not fit even alone, so waiting is in vain
 */
export type QuotaStanding =
  | { readonly kind: 'free' }
  | {
      readonly kind: 'in-use' | 'too-small';
      readonly quota: QuotaUsage;
      readonly asked: number;
      readonly of: Count['of'];
    };

/** The first quota in the way, a too small one before one in use. */
export function quotaStanding(
  counts: readonly Count[],
  usages: readonly QuotaUsage[] = [],
  unread: Unread = [],
): QuotaStanding {
  const counted = usages.flatMap((quota) => {
    const count = counts.find(({ quota: name }) => isSameName(name, quota.name));
    return count === undefined ? [] : [{ quota, asked: count.amount, count }];
  });
  const small = counted.find(({ quota, asked }) => asked > quota.limit);
  if (small !== undefined)
    return { kind: 'too-small', quota: small.quota, asked: small.asked, of: small.count.of };
  const full = counted.find(
    ({ quota, asked, count }) => quota.used + usedUnread(count, unread) + asked > quota.limit,
  );
  return full === undefined
    ? { kind: 'free' }
    : { kind: 'in-use', quota: full.quota, asked: full.asked, of: full.count.of };
}

/** What the unread ones use of it. Whose SKU is not known counts, until the next reading tells. */
function usedUnread({ of, skus }: Count, unread: Unread): number {
  switch (of) {
    case 'workloads':
      return unread.length;
    case 'cores':
      return sum(unread, ({ cores }) => cores);
    case 'memory':
      return sum(unread, ({ memoryGb = 0 }) => memoryGb * 1e9);
    case 'gpus':
      return sum(unread, ({ gpus = 0, sku }) =>
        sku === undefined || skus === undefined || skus.some((one) => isSameName(one, sku)) ? gpus : 0,
      );
  }
}

function sum(holders: readonly Holder[], amount: (holder: Holder) => number): number {
  return holders.reduce((total, holder) => total + amount(holder), 0);
}

/**
 * A create is sent some time after its place was taken, so a workload admitted this long before a reading may not show
 * in it.
 */
const READING_LAG_MS = 30_000;

/** Those of a placement's holders that may use more than a reading shows. */
export function unreadOf(holders: readonly Holder[], reading: QuotaReading): Unread {
  return holders.filter(({ since }) => since > reading.readAt - READING_LAG_MS);
}
