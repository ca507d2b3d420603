// Work on a list with so many items under way at a time, whatever the order of their ends.
import { inTurn } from './in-turn';

/** Requests of one sweep under way at once: as many jobs as it looks at the same time. */
export const SWEEP_AT_ONCE = 16;

/** Resolves to the results, in the list's order; `run` must not reject. */
export function atOnce<Item, Result>(
  limit: number,
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  return inTurn(limit, items, (item, passOn) => {
    passOn();
    return run(item);
  });
}
