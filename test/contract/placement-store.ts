// The contract of every PlacementStore.
import type { PlacementStore } from '../../domain/ports/placement-store';

export function describePlacementStore(name: string, make: () => PlacementStore): void {
  describe(`${name} as a placement store`, () => {
    let store: PlacementStore;
    beforeEach(() => {
      store = make();
    });
    const held = { holders: { 'j1-1': { cores: 2.5, since: 5 } }, recentCreations: [1, 2, 3] };

    test('a placement that was never written reads as an empty one', async () => {
      const { row } = await store.read('eastus');
      expect(row).toEqual({ placement: 'eastus', holders: {}, recentCreations: [] });
    });

    test('what is written is read back', async () => {
      const { etag } = await store.read('eastus');
      expect(await store.write({ placement: 'eastus', ...held }, etag)).toBe('done');
      expect((await store.read('eastus')).row).toEqual({ placement: 'eastus', ...held });
    });

    test('pauses, removals and kicks under way are read back', async () => {
      const { etag } = await store.read('eastus');
      const row = {
        placement: 'eastus',
        ...held,
        recentRemovals: [7],
        pausedUntil: 8,
        wakeAt: 9,
      };
      await store.write(row, etag);
      expect((await store.read('eastus')).row).toEqual(row);
    });

    test('of two first writes one wins', async () => {
      const first = await store.read('eastus');
      const results = await Promise.all([
        store.write(first.row, first.etag),
        store.write(first.row, first.etag),
      ]);
      expect(results.toSorted()).toEqual(['changed', 'done']);
    });

    test('a write on an older ETag changes nothing', async () => {
      const { etag: none } = await store.read('eastus');
      await store.write({ placement: 'eastus', ...held }, none);
      const { row, etag } = await store.read('eastus');
      await store.write(row, etag);
      const late = { placement: 'eastus', holders: {}, recentCreations: [] };
      expect(await store.write(late, etag)).toBe('changed');
      expect((await store.read('eastus')).row).toEqual(row);
    });

    test('of writes that race on one ETag one wins', async () => {
      const { row, etag: none } = await store.read('eastus');
      await store.write(row, none);
      const { etag } = await store.read('eastus');
      const results = await Promise.all(
        Array.from({ length: 8 }, (_, racer) => store.write({ ...row, recentCreations: [racer] }, etag)),
      );
      expect(results.filter((result) => result === 'done')).toHaveLength(1);
      expect((await store.read('eastus')).row.recentCreations).toEqual([results.indexOf('done')]);
    });

    test('names that a key could not hold, or that look encoded, stay apart', async () => {
      const names = ['a/b', 'a=2Fb', 'a%2Fb', 'a\\b', 'a?b', 'a#b', 'ä', "it's"];
      for (const [index, placement] of names.entries()) {
        const { etag } = await store.read(placement);
        await store.write({ placement, holders: {}, recentCreations: [index] }, etag);
      }
      const rows = await Promise.all(names.map(async (placement) => (await store.read(placement)).row));
      expect(rows).toEqual(
        names.map((placement, index) => ({ placement, holders: {}, recentCreations: [index] })),
      );
    });
  });
}
