// GPUs that a platform counts as in use beyond the places that our attempts hold: what runs that no attempt knows of.
// Pure.
import type { BackendFacts } from '../backend/backend-facts';
import type { Count, Ours } from '../backend/offer';
import { isSameName } from '../parse/any-case';
import type { Holder, PlacementRow } from '../ports/placement-store';
import type { Placement } from './placement';
import type { QuotaUsage } from './quota';

/** As a placement's row keeps it. */
export type Unaccounted = NonNullable<PlacementRow['unaccounted']>;

/** What the platform counts in one scope of quotas, and what is held there. */
export interface GpuUsage {
  readonly used: number;
  readonly held: number;
  readonly ours: Ours;
}

/** What one workload with each of these GPUs counts against. */
export function gpuCounts(gpus: Placement['gpus'], { offer }: Pick<BackendFacts, 'offer'>): Count[] {
  return gpus.flatMap(({ sku, counts }) => {
    const offered = offer({}, { sku, count: Math.min(...counts) }, undefined);
    return offered.kind === 'gives' ? offered.counts : [];
  });
}

/** How the quotas of our GPUs alone are to be read there; undefined: there are none. */
export function oursOf(gpus: Placement['gpus'], facts: Pick<BackendFacts, 'offer'>): Ours | undefined {
  return gpuCounts(gpus, facts).find(({ ours }) => ours !== undefined)?.ours;
}

/**
 * Undefined where no quota tells: none counts our GPUs alone, or none of those was read. All SKUs count together,
 * because holders don't say which they have.
 */
export function gpuUsage(
  counts: readonly Count[],
  usages: readonly QuotaUsage[],
  holders: readonly Holder[],
): GpuUsage | undefined {
  const telling = counts.filter(({ of, ours }) => of === 'gpus' && ours !== undefined);
  const read = usages.filter(({ name }) => telling.some(({ quota }) => isSameName(quota, name)));
  const ours = telling[0]?.ours;
  if (ours === undefined || read.length === 0) return undefined;
  return {
    used: read.reduce((sum, { used }) => sum + used, 0),
    held: holders.reduce((sum, { gpus = 0 }) => sum + gpus, 0),
    ours,
  };
}

/** What is known after one more reading; undefined: all is accounted for. `now`: epoch milliseconds. */
export function afterUsage(
  before: Unaccounted | undefined,
  { used, held }: Pick<GpuUsage, 'used' | 'held'>,
  now: number,
): Unaccounted | undefined {
  const gpus = used - held;
  if (gpus <= 0) return undefined;
  return before === undefined ? { gpus, since: now } : { ...before, gpus: Math.min(before.gpus, gpus) };
}

/** Whether it has lasted longer than the platform may count what is gone already. */
export function lasts({ since }: Unaccounted, { lagS }: Ours, now: number): boolean {
  return now - since >= lagS * 1000;
}

export function unaccountedInWords({ gpus, since }: Unaccounted, now: number): string {
  const are = gpus === 1 ? 'GPU is' : 'GPUs are';
  const minutes = Math.floor((now - since) / 60_000);
  return `${gpus} ${are} in use beyond the places that our attempts hold, for ${minutes} min now`;
}
