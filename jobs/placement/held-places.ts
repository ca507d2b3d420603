// How many places are held where one read budget is shared, for the pace of polling.
import type { PlacePorts } from '../ports';

/**
 * Many polls in one second share one reading, milliseconds. With a longer time a burst of admissions would be polled as
 * if it were a few.
 */
const REMEMBERED_FOR_MS = 1_000;

/**
 * The places held in every placement whose requests come out of the same budget as this one's. Reads each placement's
 * row at most once a second a process; an approximation that only paces.
 */
export const heldPlaces = rememberedCounts();

function rememberedCounts(): (ports: PlacePorts, placement: string) => Promise<number> {
  const remembered = new WeakMap<object, Map<string, { count: number; readAt: number }>>();

  const countOf = async ({ placementRows, clock }: PlacePorts, placement: string): Promise<number> => {
    const counts = remembered.get(placementRows) ?? new Map<string, { count: number; readAt: number }>();
    remembered.set(placementRows, counts);
    const known = counts.get(placement);
    const now = clock.monotonic();
    if (known !== undefined && now - known.readAt < REMEMBERED_FOR_MS) return known.count;
    const { row } = await placementRows.read(placement);
    const count = Object.keys(row.holders).length;
    counts.set(placement, { count, readAt: now });
    return count;
  };

  return async (ports, placement) => {
    const { requests } = ports.factsOf(placement).scopes;
    const sharing = ports.placements.filter(({ name }) => ports.factsOf(name).scopes.requests === requests);
    const names = sharing.length === 0 ? [placement] : sharing.map(({ name }) => name);
    const counts = await Promise.all(names.map((name) => countOf(ports, name)));
    return counts.reduce((sum, count) => sum + count, 0);
  };
}
