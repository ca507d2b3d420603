// Azure's quotas as this product reads them: what a workload counts against, and whether it fits. Pure.
import type { ChosenGpu } from './gpu';

/** One quota of a subscription in a region (azure-container-instances.md A.4). */
export interface QuotaUsage {
  /** Such as `ContainerGroups`, `StandardCores`, `StandardV100Cores`. */
  readonly name: string;
  readonly used: number;
  readonly limit: number;
}

/** What a workload asks of the quotas. */
export interface Demand {
  readonly cpu: number;
  readonly gpu: ChosenGpu | undefined;
}

/** Reads quotas ahead of time, so that asking costs nothing. */
export interface QuotaReadings {
  /** What was read of a placement's quotas lately; undefined: unknown. */
  of(placement: string): readonly QuotaUsage[] | undefined;
  /** Reads those of every placement anew. Never rejects: what can't be read is unknown. */
  refresh(): Promise<void>;
}

/**
 * - `free`: nothing that was read stands against it; unknown quotas stand against nothing
 * - `in-use`: it must wait until others are gone
 * - `too-small`: not even alone, so waiting is in vain
 */
export type QuotaStanding =
  | { readonly kind: 'free' }
  | {
      readonly kind: 'in-use' | 'too-small';
      readonly name: string;
      readonly used: number;
      readonly limit: number;
      readonly asked: number;
    };

/** The first quota that stands in the way, a too small one before one in use. */
export function quotaStanding(demand: Demand, usages: readonly QuotaUsage[] = []): QuotaStanding {
  const asked = asks(demand);
  const counted = usages.flatMap((usage) => {
    const share = asked[usage.name];
    return share === undefined ? [] : [{ ...usage, asked: share }];
  });
  const small = counted.find((usage) => usage.asked > usage.limit);
  if (small !== undefined) return { kind: 'too-small', ...small };
  const full = counted.find((usage) => usage.used + usage.asked > usage.limit);
  return full === undefined ? { kind: 'free' } : { kind: 'in-use', ...full };
}

/** A group with GPUs counts against its SKU's quota, in CPU cores (azure-container-instances.md C: azure-docs#51738). */
function asks({ cpu, gpu }: Demand): Readonly<Record<string, number>> {
  return { ContainerGroups: 1, [gpu === undefined ? 'StandardCores' : `Standard${gpu.sku}Cores`]: cpu };
}
