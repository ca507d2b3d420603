// Whether a placement takes one more workload now, and if not, when time alone will let it.
import type { Traits } from '../backend/traits';
import type { JobPlan, JobRow } from '../job/job';
import type { Holder, PlacementRow } from '../ports/placement-store';
import type { ChosenGpu } from '../spec/gpu';
import type { Resources } from '../spec/resources';
import { creationPossibleAt, creationsKeptMs, leftInWindows, noted, removalsKeptMs } from './create-windows';
import type { Used } from './holder-verdict';
import type { CreatePause } from './pace';
import type { Placement } from './placement';

/**
 * The order in which to try a job's placements. Those whose infrastructure failed the job come last, the latest failure
 * last of all.
 */
export function placementOrder(job: JobRow): readonly string[] {
  const asked = job.plan?.placements ?? [];
  const failed = job.failedPlacements.filter((name) => asked.includes(name));
  return [...asked.filter((name) => !failed.includes(name)), ...failed];
}

/** Of a placement's backend: what bears on creating. */
type Platform = Pick<Traits, 'removals'>;

/** Whether one more workload of `cores` fits into the placement's limits at `now` (epoch milliseconds). */
export function hasRoom(
  placement: Placement,
  platform: Platform,
  row: PlacementRow,
  cores: number,
  now: number,
): boolean {
  return (
    hasPlace(placement, row, cores) && creationPossibleAt(placement.limits.creates, platform, row) <= now
  );
}

/**
 * The instant after `now` at which time alone will make room; undefined when there is room, or when a workload must
 * leave first.
 */
export function roomAgainAt(
  placement: Placement,
  platform: Platform,
  row: PlacementRow,
  now: number,
): number | undefined {
  if (!hasPlace(placement, row, 0)) return undefined;
  const at = creationPossibleAt(placement.limits.creates, platform, row);
  return at > now ? at : undefined;
}

function hasPlace({ limits }: Placement, row: PlacementRow, cores: number): boolean {
  const holders = Object.values(row.holders);
  if (holders.length >= limits.workloads) return false;
  const coresHeld = holders.reduce((sum, holder) => sum + holder.cores, 0);
  return limits.cores === undefined || coresHeld + cores <= limits.cores;
}

/** How many creates may be sent one after the other now, places apart; undefined where no window limits them. */
export function createsLeft(
  { limits }: Placement,
  platform: Platform,
  row: PlacementRow,
  now: number,
): number | undefined {
  if (creationPossibleAt(limits.creates, platform, row) > now) return 0;
  return leftInWindows(limits.creates, row, now);
}

/**
 * The row that keeps this pause; undefined when the row needs no change. "No creates left" is ignored if our own count
 * says so already: the count also knows when there will be some.
 */
export function withPause(
  { limits }: Placement,
  platform: Platform,
  row: PlacementRow,
  pause: CreatePause,
  now: number,
): PlacementRow | undefined {
  if ((row.pausedUntil ?? 0) >= pause.until) return undefined;
  if (pause.why === 'none-left' && creationPossibleAt(limits.creates, platform, row) > now) return undefined;
  return { ...row, pausedUntil: pause.until };
}

/** What a job's workload is given there; a member is undefined where it is not known. */
interface Given {
  readonly gpu: ChosenGpu | undefined;
  readonly resources: Resources | undefined;
}

/** What a job's workload holds of its placement from `since` (epoch milliseconds) on. */
export function holderOf(plan: JobPlan | undefined, { gpu, resources }: Given, since: number): Holder {
  const gpus = plan?.gpu?.count;
  const { cpu = 0, memoryGb } = resources ?? plan?.resources ?? {};
  return {
    cores: cpu,
    ...(memoryGb === undefined ? {} : { memoryGb }),
    ...(gpus === undefined ? {} : { gpus }),
    ...(gpu === undefined ? {} : { sku: gpu.sku }),
    since,
  };
}

/** The row with the name put in and the creation noted; creations that no window counts any more are forgotten. */
export function withHolder(
  { limits }: Placement,
  row: PlacementRow,
  name: string,
  holder: Holder,
): PlacementRow {
  return {
    ...row,
    holders: { ...row.holders, [name]: holder },
    recentCreations: noted(row.recentCreations, holder.since, creationsKeptMs(limits.creates)),
  };
}

/** The row without these names. */
export function withoutHolders(row: PlacementRow, names: readonly string[]): PlacementRow {
  return {
    ...row,
    holders: Object.fromEntries(Object.entries(row.holders).filter(([name]) => !names.includes(name))),
  };
}

/**
 * The row without one name. `used` says what the name has used up: a place that was never used gives its create back. A
 * removal is noted where the platform has windows of them.
 */
export function afterLeaving(
  { removals }: Platform,
  row: PlacementRow,
  name: string,
  used: Used,
  now: number,
): PlacementRow {
  const keptMs = removalsKeptMs(removals);
  const since = row.holders[name]?.since;
  const creation = used.creation || since === undefined ? -1 : row.recentCreations.indexOf(since);
  return {
    ...withoutHolders(row, [name]),
    recentCreations:
      creation < 0 ? row.recentCreations : row.recentCreations.filter((_, index) => index !== creation),
    ...(used.removal && keptMs > 0 ? { recentRemovals: noted(row.recentRemovals ?? [], now, keptMs) } : {}),
  };
}
