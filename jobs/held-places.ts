// How many places a placement has given out, for the pace of polling.
import type { Ports } from './ports';

/** The pace may lag behind admissions by this much, milliseconds; it saves a request a poll. */
const REMEMBERED_FOR_MS = 10_000;

/** Reads the placement's row at most every ten seconds a process; an approximation that only paces. */
export const heldPlaces = rememberedCounts();

function rememberedCounts(): (
  ports: Pick<Ports, 'placementRows' | 'clock'>,
  placement: string,
) => Promise<number> {
  const remembered = new WeakMap<object, Map<string, { count: number; readAt: number }>>();
  return async ({ placementRows, clock }, placement) => {
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
}
