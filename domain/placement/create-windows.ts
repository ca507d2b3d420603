// How many creates a placement may send within its windows, and when the next: a window slides on as time passes.
import { z } from 'zod';

import type { Traits, Window } from '../backend/traits';
import type { PlacementRow } from '../ports/placement-store';

/**
 * At most `most` creates within any `per` seconds. The row keeps the creates of the longest window, which is an hour at
 * most.
 */
const windowSchema = z.strictObject({
  per: z.number().int().positive().max(3600),
  most: z.number().int().positive(),
});
export type CreateWindow = z.infer<typeof windowSchema>;

/** `otherwise`: the platform's own windows, for a placement that names none. */
export function createsSchema(otherwise: readonly Window[]): z.ZodDefault<z.ZodArray<typeof windowSchema>> {
  return z.array(windowSchema).default(otherwise.map(({ perS, most }) => ({ per: perS, most })));
}

/** A create is sent some time after its place was taken, and that time varies: windows are counted this much longer. */
const CREATE_LAG_MS = 1_000;
/** Part of the deletes that creating leaves alone: for cancels, for deadlines, for deletes that are sent again. */
const KEPT_FOR_REMOVALS = 0.1;

/** For how long a creation is kept on the row, milliseconds. */
export function creationsKeptMs(creates: readonly CreateWindow[]): number {
  return Math.max(0, ...creates.map((window) => countedMs(window)));
}

/** For how long a removal is kept on the row, milliseconds; 0: none is. */
export function removalsKeptMs(removals: readonly Window[]): number {
  return Math.max(0, ...removals.map(({ perS }) => perS * 1000));
}

/** The most creations and removals that the row keeps at once. */
export function mostKept(creates: readonly CreateWindow[], removals: readonly Window[]): number {
  const longest = creates.toSorted((a, b) => b.per - a.per || a.most - b.most)[0];
  const removalsKept = removals.map(({ perS, most }) => {
    // What is created within the window is all that can be removed in it, but for what was there before.
    const created = creates.map((window) => window.most * Math.ceil(perS / window.per));
    return Math.min(mostRemovals({ perS, most }, creates), ...created);
  });
  return (longest?.most ?? 0) + Math.max(0, ...removalsKept);
}

/**
 * When the next create may be sent, as far as windows and pauses decide. Every create needs a delete later. So creates
 * also wait while the window of deletes is short.
 */
export function creationPossibleAt(
  creates: readonly CreateWindow[],
  { removals }: Pick<Traits, 'removals'>,
  row: PlacementRow,
): number {
  return Math.max(
    row.pausedUntil ?? Number.NEGATIVE_INFINITY,
    ...creates.map((window) => freeAgainAt(row.recentCreations, window.most, countedMs(window))),
    ...removals.map((window) => {
      const most = Math.floor(mostRemovals(window, creates) * (1 - KEPT_FOR_REMOVALS));
      return freeAgainAt(row.recentRemovals ?? [], most, window.perS * 1000);
    }),
  );
}

/** How many creates the windows let through one after the other at `now`; undefined where there is no window. */
export function leftInWindows(
  creates: readonly CreateWindow[],
  row: PlacementRow,
  now: number,
): number | undefined {
  if (creates.length === 0) return undefined;
  const left = creates.map(
    (window) => window.most - row.recentCreations.filter((at) => at + countedMs(window) > now).length,
  );
  return Math.max(0, Math.min(...left));
}

/** The row's instants and one more. Ascending, whatever the clocks of two hosts make of now. */
export function noted(instants: readonly number[], now: number, keptMs: number): number[] {
  return [...instants.filter((at) => now - at < keptMs), now].sort((a, b) => a - b);
}

function countedMs({ per }: CreateWindow): number {
  return per * 1000 + CREATE_LAG_MS;
}

/** Where the platform was asked for more creates in the same window, it allows as many deletes. */
function mostRemovals({ perS, most }: Window, creates: readonly CreateWindow[]): number {
  const same = creates.filter(({ per }) => per === perS).map((window) => window.most);
  return Math.max(most, ...same);
}

/** When fewer than `limit` (1 or more) of these instants (ascending) will lie within the last `windowMs`. */
function freeAgainAt(instants: readonly number[], limit: number, windowMs: number): number {
  const lastToLeave = instants[instants.length - limit];
  return lastToLeave === undefined ? Number.NEGATIVE_INFINITY : lastToLeave + windowMs;
}
