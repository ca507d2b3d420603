// Azure's quotas as this product reads them: what a workload counts against, and whether it fits. Pure.
import { underName } from '../parse/any-case';

/** One quota of a subscription in a region (docs/facts/container-instances.md#usages). */
export interface QuotaUsage {
  /** Such as `ContainerGroups`, `StandardCores`, `StandardV100Cores`. */
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
  /** The same for whoever can wait: reads them first when nobody has tried to for a while. Never rejects. */
  current(placement: string): Promise<CurrentQuotas>;
  /** Reads those of a placement again in a moment: a create there was just refused for one of them. */
  readAgain(placement: string): void;
  /** Reads those of every placement anew and says what can't be read: that is unknown. Never rejects. */
  refresh(): Promise<readonly { readonly placement: string; readonly why: string }[]>;
}

/** What a workload asks of the quotas. */
export interface Demand {
  readonly cpu: number;
  readonly gpu: { readonly sku: string } | undefined;
}

/** What was admitted after a reading and does not show in it. */
export interface Unread {
  readonly workloads: number;
  readonly cores: number;
}

/**
 * - `free`: nothing that was read stands against it; what is unknown stands against nothing
 * - `in-use`: it must wait until others are gone
 * - `too-small`: not even alone, so waiting is in vain
 */
export type QuotaStanding =
  | { readonly kind: 'free' }
  | { readonly kind: 'in-use' | 'too-small'; readonly quota: QuotaUsage; readonly asked: number };

/** The first quota that stands in the way, a too small one before one in use. */
export function quotaStanding(
  demand: Demand,
  usages: readonly QuotaUsage[] = [],
  unread: Unread = { workloads: 0, cores: 0 },
): QuotaStanding {
  const counted = usages.flatMap((quota) => {
    const asked = underName(asks(demand), quota.name);
    return asked === undefined ? [] : [{ quota, asked }];
  });
  const small = counted.find(({ quota, asked }) => asked > quota.limit);
  if (small !== undefined) return { kind: 'too-small', ...small };
  const full = counted.find(({ quota, asked }) => {
    // Which SKU the unread ones have is not known: all their cores count, until the next reading tells.
    const since = quota.name === GROUPS ? unread.workloads : unread.cores;
    return quota.used + since + asked > quota.limit;
  });
  return full === undefined ? { kind: 'free' } : { kind: 'in-use', ...full };
}

/** A create is sent some time after its place was taken: what was admitted this long before a reading may not show in it. */
const CREATE_LAG_MS = 30_000;

/** What these holders of a placement may use beyond a reading. */
export function unreadOf(
  holders: readonly { readonly cores: number; readonly since: number }[],
  reading: QuotaReading,
): Unread {
  const later = holders.filter(({ since }) => since > reading.readAt - CREATE_LAG_MS);
  return { workloads: later.length, cores: later.reduce((sum, { cores }) => sum + cores, 0) };
}

const GROUPS = 'ContainerGroups';

/** The names of the quotas that a workload counts against. */
export function quotasOf(demand: Demand): string[] {
  return Object.keys(asks(demand));
}

/** A group with GPUs counts against its SKU's quota, in CPU cores (docs/facts/container-instances.md#usages). */
function asks({ cpu, gpu }: Demand): Readonly<Record<string, number>> {
  return { [GROUPS]: 1, [gpu === undefined ? 'StandardCores' : `Standard${gpu.sku}Cores`]: cpu };
}
