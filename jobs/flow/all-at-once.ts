// Works through a list with a fixed number of items under way, where one that fails does not keep the others back.
import { atOnce } from './at-once';

type Outcome<T> = { readonly value: T } | { readonly thrown: unknown };

/** Resolves to the results, in the list's order. Every item is tried; then the first failure in that order rejects. */
export async function allAtOnce<Item, Result>(
  limit: number,
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const outcomes = await atOnce(limit, items, async (item): Promise<Outcome<Result>> => {
    try {
      return { value: await run(item) };
    } catch (thrown) {
      return { thrown };
    }
  });
  return outcomes.map((outcome) => {
    if ('thrown' in outcome) throw outcome.thrown;
    return outcome.value;
  });
}
