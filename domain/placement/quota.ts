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

/** What was admitted after a reading, so that the reading does not show it. */
export type Unread = Readonly<Record<Count['of'], number>>;

/**
 * - `free`: no quota that was read is in the way; an unknown quota never is
 * - `in-use`: the workload must wait until others are gone
 * - `too-small`: the workload does not fit even alone, so waiting is in vain
 */
export type QuotaStanding =
  | { readonly kind: 'free' }
  | { readonly kind: 'in-use' | 'too-small'; readonly quota: QuotaUsage; readonly asked: number };

/** The first quota in the way, a too small one before one in use. */
export function quotaStanding(
  counts: readonly Count[],
  usages: readonly QuotaUsage[] = [],
  unread: Unread = { workloads: 0, cores: 0, gpus: 0 },
): QuotaStanding {
  const counted = usages.flatMap((quota) => {
    const count = counts.find(({ quota: name }) => isSameName(name, quota.name));
    return count === undefined ? [] : [{ quota, asked: count.amount, of: count.of }];
  });
  const small = counted.find(({ quota, asked }) => asked > quota.limit);
  if (small !== undefined) return { kind: 'too-small', quota: small.quota, asked: small.asked };
  // Which SKU the unread ones have is not known: all of them count, until the next reading tells.
  const full = counted.find(({ quota, asked, of }) => quota.used + unread[of] + asked > quota.limit);
  return full === undefined ? { kind: 'free' } : { kind: 'in-use', quota: full.quota, asked: full.asked };
}

/**
 * A create is sent some time after its place was taken, so a workload admitted this long before a reading may not show
 * in it.
 */
const READING_LAG_MS = 30_000;

/** What these holders of a placement may use beyond a reading. */
export function unreadOf(holders: readonly Holder[], reading: QuotaReading): Unread {
  const later = holders.filter(({ since }) => since > reading.readAt - READING_LAG_MS);
  return {
    workloads: later.length,
    cores: later.reduce((sum, { cores }) => sum + cores, 0),
    gpus: later.reduce((sum, { gpus = 0 }) => sum + gpus, 0),
  };
}
