// Which placement takes a waiting job now: the first in the job's order that has room.
import type { JobRow } from './job';
import type { Placement } from './placement';
import type { PlacementRow } from './placement-store';

const FIVE_MINUTES_MS = 5 * 60_000;
const HOUR_MS = 60 * 60_000;

/** The order in which to try a job's placements: those whose infrastructure failed it come last. */
export function placementOrder(job: JobRow): readonly string[] {
  const asked = job.plan?.placements ?? [];
  const failed = asked.filter((name) => job.failedPlacements.includes(name));
  return [...asked.filter((name) => !failed.includes(name)), ...failed];
}

/** Whether one more workload of `cores` fits into the placement's limits at `now` (epoch milliseconds). */
export function hasRoom(placement: Placement, row: PlacementRow, cores: number, now: number): boolean {
  const { limits } = placement;
  const holders = Object.values(row.holders);
  if (holders.length >= limits.workloads) return false;
  const coresHeld = holders.reduce((sum, holder) => sum + holder.cores, 0);
  if (limits.cores !== undefined && coresHeld + cores > limits.cores) return false;
  const lately = (spanMs: number): number => row.recentCreations.filter((at) => now - at < spanMs).length;
  return lately(FIVE_MINUTES_MS) < limits.createsPer5Minutes && lately(HOUR_MS) < limits.createsPerHour;
}

/** The row with the name put in and the creation noted; what is older than an hour is forgotten. */
export function withHolder(row: PlacementRow, name: string, cores: number, now: number): PlacementRow {
  return {
    ...row,
    holders: { ...row.holders, [name]: { cores, since: now } },
    recentCreations: [...row.recentCreations.filter((at) => now - at < HOUR_MS), now],
  };
}

/** The row without these names. */
export function withoutHolders(row: PlacementRow, names: readonly string[]): PlacementRow {
  return {
    ...row,
    holders: Object.fromEntries(Object.entries(row.holders).filter(([name]) => !names.includes(name))),
  };
}
