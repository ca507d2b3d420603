// The sum of many seeds' results.
import type { Violation } from '../checks/facts';
import type { SeedReport } from '../run-seed';
import type { SeedOrder } from '../steering/seed-order';

/** Plain JSON, so that it can travel between processes. */
export interface Tally {
  seeds: number;
  jobs: number;
  faults: number;
  groupsCreated: number;
  groupsLeft: number;
  virtualMs: number;
  worstAfterJobMs: number;
  worstAfterTagsMs: number;
  /** How many seeds came to each `call state` while faults were possible. */
  reached: Record<string, number>;
  /** How often each `kind call state` happened. */
  hit: Record<string, number>;
  /** A run that came to each `call state`. */
  cameBy: Record<string, SeedOrder>;
  failed: (SeedOrder & { readonly violations: readonly Violation[] })[];
}

export function emptyTally(): Tally {
  return {
    seeds: 0,
    jobs: 0,
    faults: 0,
    groupsCreated: 0,
    groupsLeft: 0,
    virtualMs: 0,
    worstAfterJobMs: 0,
    worstAfterTagsMs: 0,
    reached: {},
    hit: {},
    cameBy: {},
    failed: [],
  };
}

export function count(tally: Tally, order: SeedOrder, report: SeedReport): void {
  tally.seeds += 1;
  tally.jobs += report.jobs;
  tally.faults += report.faults;
  tally.groupsCreated += report.groupsCreated;
  tally.groupsLeft += report.groupsLeft;
  tally.virtualMs += report.virtualMs;
  tally.worstAfterJobMs = Math.max(tally.worstAfterJobMs, report.worst.afterJob);
  tally.worstAfterTagsMs = Math.max(tally.worstAfterTagsMs, report.worst.afterTags);
  for (const place of report.reached.keys()) {
    tally.reached[place] = (tally.reached[place] ?? 0) + 1;
    tally.cameBy[place] ??= order;
  }
  for (const [fault, times] of report.hit) tally.hit[fault] = (tally.hit[fault] ?? 0) + times;
  if (report.violations.length > 0)
    tally.failed.push({ ...order, violations: report.violations.slice(0, 5) });
}

export function addTally(into: Tally, other: Tally): void {
  into.seeds += other.seeds;
  into.jobs += other.jobs;
  into.faults += other.faults;
  into.groupsCreated += other.groupsCreated;
  into.groupsLeft += other.groupsLeft;
  into.virtualMs += other.virtualMs;
  into.worstAfterJobMs = Math.max(into.worstAfterJobMs, other.worstAfterJobMs);
  into.worstAfterTagsMs = Math.max(into.worstAfterTagsMs, other.worstAfterTagsMs);
  for (const [point, times] of Object.entries(other.reached))
    into.reached[point] = (into.reached[point] ?? 0) + times;
  for (const [fault, times] of Object.entries(other.hit)) into.hit[fault] = (into.hit[fault] ?? 0) + times;
  for (const [place, order] of Object.entries(other.cameBy))
    into.cameBy[place] = simpler(into.cameBy[place], order);
  into.failed.push(...other.failed);
}

/**
 * Chooses between two examples, whichever process is faster. So the same runs give the same example; a run in which
 * nothing was forced is preferred.
 */
function simpler(one: SeedOrder | undefined, other: SeedOrder): SeedOrder {
  if (one === undefined) return other;
  const more = other.forced.length - one.forced.length;
  return more < 0 || (more === 0 && other.seed < one.seed) ? other : one;
}
