// What every ScheduleStore keeps to.
import type { ScheduleStore } from '../../domain/schedule-store';

export function describeScheduleStore(name: string, make: () => ScheduleStore): void {
  describe(`${name} as a schedule store`, () => {
    let store: ScheduleStore;
    beforeEach(() => {
      store = make();
    });

    test('a schedule that was never inserted is absent', async () => {
      expect(await store.read('nightly')).toBeUndefined();
    });

    test('of instances that insert a schedule at once one succeeds, and its row stays', async () => {
      const results = await Promise.all(
        [1, 2, 3, 4].map((firedThrough) => store.insert({ name: 'nightly', firedThrough })),
      );
      expect(results.toSorted()).toEqual(['exists', 'exists', 'exists', 'inserted']);
      const stored = await store.read('nightly');
      expect(stored?.row).toEqual({ name: 'nightly', firedThrough: results.indexOf('inserted') + 1 });
    });

    test('a write moves it on, once per ETag', async () => {
      await store.insert({ name: 'nightly', firedThrough: 1 });
      const etag = (await store.read('nightly'))?.etag ?? '';
      const results = await Promise.all(
        [2, 3].map((firedThrough) => store.write({ name: 'nightly', firedThrough }, etag)),
      );
      expect(results.toSorted()).toEqual(['changed', 'done']);
      expect((await store.read('nightly'))?.row.firedThrough).toBe(results.indexOf('done') + 2);
    });

    test('writing one that is not there is "changed"', async () => {
      await store.insert({ name: 'nightly', firedThrough: 1 });
      const etag = (await store.read('nightly'))?.etag ?? '';
      expect(await store.write({ name: 'hourly', firedThrough: 2 }, etag)).toBe('changed');
      expect(await store.read('hourly')).toBeUndefined();
    });
  });
}
