// Works through a list in its order: each item lets the next begin when it says so, at the latest when it ends.

/** At most `atOnce` items are under way. Resolves to the results, in the list's order; `run` must not reject. */
export async function inTurn<Item, Result>(
  atOnce: number,
  items: readonly Item[],
  run: (item: Item, passOn: () => void) => Promise<Result>,
): Promise<Result[]> {
  const results: Promise<Result>[] = [];
  const underWay = new Set<Promise<unknown>>();
  for (const item of items) {
    await new Promise<void>((passOn) => {
      const result = run(item, passOn).finally(() => {
        underWay.delete(result);
        passOn();
      });
      underWay.add(result);
      results.push(result);
    });
    if (underWay.size >= atOnce) await Promise.race(underWay);
  }
  return Promise.all(results);
}
