// Whether a placement takes one more workload now, and if not, when time alone will let it.
import type { JobPlan, JobRow } from '../job/job';
import type { Holder, PlacementRow } from '../ports/placement-store';
import type { Used } from './holder-verdict';
import type { CreatePause } from './pace';
import type { Placement } from './placement';

const FIVE_MINUTES_MS = 5 * 60_000;
const HOUR_MS = 60 * 60_000;

/** A create is sent some time after its place was taken, and not always the same time: windows are counted this much longer. */
const CREATE_LAG_MS = 1_000;

/**
 * Azure counts deletes apart from creates and allows as many
 * (docs/facts/container-instances.md#create-and-delete-windows).
 */
const REMOVALS_PER_HOUR = 300;
const REMOVALS_PER_5_MINUTES = 100;
/** Part of the deletes that creating leaves alone: for cancels, for deadlines, for deletes that are sent again. */
const KEPT_FOR_REMOVALS = 0.1;

/** The order in which to try a job's placements: those whose infrastructure failed it come last, the latest failure last of all. */
export function placementOrder(job: JobRow): readonly string[] {
  const asked = job.plan?.placements ?? [];
  const failed = job.failedPlacements.filter((name) => asked.includes(name));
  return [...asked.filter((name) => !failed.includes(name)), ...failed];
}

/** Whether one more workload of `cores` fits into the placement's limits at `now` (epoch milliseconds). */
export function hasRoom(placement: Placement, row: PlacementRow, cores: number, now: number): boolean {
  return hasPlace(placement, row, cores) && creationPossibleAt(placement, row) <= now;
}

/** When time alone will make room: an instant after `now`; undefined when there is room, or when somebody must leave first. */
export function roomAgainAt(placement: Placement, row: PlacementRow, now: number): number | undefined {
  if (!hasPlace(placement, row, 0)) return undefined;
  const at = creationPossibleAt(placement, row);
  return at > now ? at : undefined;
}

function hasPlace({ limits }: Placement, row: PlacementRow, cores: number): boolean {
  const holders = Object.values(row.holders);
  if (holders.length >= limits.workloads) return false;
  const coresHeld = holders.reduce((sum, holder) => sum + holder.cores, 0);
  return limits.cores === undefined || coresHeld + cores <= limits.cores;
}

/**
 * When the next create may be sent, as far as quotas and pauses decide. No create uses up quota of deletes, but each leads to a
 * delete: where these run short, one create more would be one removal that waits.
 */
function creationPossibleAt({ limits }: Placement, row: PlacementRow): number {
  const removals = row.recentRemovals ?? [];
  const free = 1 - KEPT_FOR_REMOVALS;
  const removalsPerHour = Math.floor(Math.max(limits.createsPerHour, REMOVALS_PER_HOUR) * free);
  const removalsPer5Minutes = Math.floor(Math.max(limits.createsPer5Minutes, REMOVALS_PER_5_MINUTES) * free);
  return Math.max(
    row.pausedUntil ?? Number.NEGATIVE_INFINITY,
    freeAgainAt(row.recentCreations, limits.createsPer5Minutes, FIVE_MINUTES_MS + CREATE_LAG_MS),
    freeAgainAt(row.recentCreations, limits.createsPerHour, HOUR_MS + CREATE_LAG_MS),
    freeAgainAt(removals, removalsPer5Minutes, FIVE_MINUTES_MS),
    freeAgainAt(removals, removalsPerHour, HOUR_MS),
  );
}

/** How many creates may be sent one after the other now, as far as quotas and pauses decide; places apart. */
export function createsLeft(placement: Placement, row: PlacementRow, now: number): number {
  if (creationPossibleAt(placement, row) > now) return 0;
  const within = (windowMs: number): number =>
    row.recentCreations.filter((at) => at + windowMs + CREATE_LAG_MS > now).length;
  const { createsPer5Minutes, createsPerHour } = placement.limits;
  return Math.min(createsPer5Minutes - within(FIVE_MINUTES_MS), createsPerHour - within(HOUR_MS));
}

/**
 * The row that keeps this pause; undefined when it says enough. That no creates are left is no news when our own count says so, and
 * better: it knows when there will be some.
 */
export function withPause(
  placement: Placement,
  row: PlacementRow,
  pause: CreatePause,
  now: number,
): PlacementRow | undefined {
  if ((row.pausedUntil ?? 0) >= pause.until) return undefined;
  if (pause.why === 'none-left' && creationPossibleAt(placement, row) > now) return undefined;
  return { ...row, pausedUntil: pause.until };
}

/** When fewer than `limit` (1 or more) of these instants (ascending) will lie within the last `windowMs`. */
function freeAgainAt(instants: readonly number[], limit: number, windowMs: number): number {
  const lastToLeave = instants[instants.length - limit];
  return lastToLeave === undefined ? Number.NEGATIVE_INFINITY : lastToLeave + windowMs;
}

/** What a job's workload holds of its placement from `since` (epoch milliseconds) on. */
export function holderOf(plan: JobPlan | undefined, since: number): Holder {
  const gpus = plan?.gpu?.count;
  return { cores: plan?.resources.cpu ?? 0, ...(gpus === undefined ? {} : { gpus }), since };
}

/** The row with the name put in and the creation noted; what is older than an hour is forgotten. */
export function withHolder(row: PlacementRow, name: string, holder: Holder): PlacementRow {
  return {
    ...row,
    holders: { ...row.holders, [name]: holder },
    recentCreations: noted(row.recentCreations, holder.since, HOUR_MS + CREATE_LAG_MS),
  };
}

/** The row without these names. */
export function withoutHolders(row: PlacementRow, names: readonly string[]): PlacementRow {
  return {
    ...row,
    holders: Object.fromEntries(Object.entries(row.holders).filter(([name]) => !names.includes(name))),
  };
}

/** The row without one name; `used` says what it has used up: a place that was never used gives its creation back. */
export function afterLeaving(row: PlacementRow, name: string, used: Used, now: number): PlacementRow {
  const since = row.holders[name]?.since;
  const creation = used.creation || since === undefined ? -1 : row.recentCreations.indexOf(since);
  return {
    ...withoutHolders(row, [name]),
    recentCreations:
      creation < 0 ? row.recentCreations : row.recentCreations.filter((_, index) => index !== creation),
    ...(used.removal ? { recentRemovals: noted(row.recentRemovals ?? [], now, HOUR_MS) } : {}),
  };
}

/** Ascending, whatever the clocks of two hosts make of now. */
function noted(instants: readonly number[], now: number, keptMs: number): number[] {
  return [...instants.filter((at) => now - at < keptMs), now].sort((a, b) => a - b);
}
