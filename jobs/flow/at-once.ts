// Works through a list with a fixed number of items under way, in whatever order they end.
import { inTurn } from './in-turn';

/** How many workloads or jobs one sweep handles at the same time. */
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
