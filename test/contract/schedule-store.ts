// The contract of every ScheduleStore.
import type { ScheduleStore } from '../../domain/ports/schedule-store';
import { scheduleRow } from '../support/schedule-rows';

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
        [1, 2, 3, 4].map((firedThrough) => store.insert(scheduleRow({ firedThrough }))),
      );
      expect(results.toSorted()).toEqual(['exists', 'exists', 'exists', 'inserted']);
      const stored = await store.read('nightly');
      expect(stored?.row).toEqual(scheduleRow({ firedThrough: results.indexOf('inserted') + 1 }));
    });

    test('a write moves it on, once per ETag', async () => {
      await store.insert(scheduleRow({ firedThrough: 1 }));
      const etag = (await store.read('nightly'))?.etag ?? '';
      const results = await Promise.all(
        [2, 3].map((firedThrough) => store.write(scheduleRow({ firedThrough }), etag)),
      );
      expect(results.toSorted()).toEqual(['changed', 'done']);
      expect((await store.read('nightly'))?.row.firedThrough).toBe(results.indexOf('done') + 2);
    });

    test('writing one that is not there is "changed"', async () => {
      await store.insert(scheduleRow({ firedThrough: 1 }));
      const etag = (await store.read('nightly'))?.etag ?? '';
      expect(await store.write(scheduleRow({ name: 'hourly' }), etag)).toBe('changed');
      expect(await store.read('hourly')).toBeUndefined();
    });

    test('all that a row can say is read back', async () => {
      const row = scheduleRow({
        definition: {
          cron: '*/5 9-17 * * MON-FRI',
          timeZone: 'Europe/Berlin',
          spec: { image: 'example/program:1', env: { A: 'ä "b"' } },
          overlap: 'replace',
          catchUp: 'one',
          from: '2026-01-01T00:00:00+01:00',
        },
        incarnation: 'f00d',
        paused: true,
        pending: { fireAt: 5, since: 6 },
        jobs: ['j1', 'j2'],
        last: { fireAt: 3, at: 4, action: 'rejected', jobId: 'j0', detail: 'it would not do' },
      });
      await store.insert(row);
      expect((await store.read('nightly'))?.row).toEqual(row);
      expect(await store.list()).toEqual([await store.read('nightly')]);
    });

    test('all are listed by name, and none when there are none', async () => {
      expect(await store.list()).toEqual([]);
      for (const name of ['nightly', 'a', 'nightly-2']) await store.insert(scheduleRow({ name }));
      expect((await store.list()).map(({ row }) => row.name)).toEqual(['a', 'nightly', 'nightly-2']);
    });

    test('one is removed by its ETag only, and writing it then is "changed"', async () => {
      await store.insert(scheduleRow());
      const before = (await store.read('nightly'))?.etag ?? '';
      await store.write(scheduleRow({ firedThrough: 2 }), before);
      expect(await store.remove('nightly', before)).toBe('changed');
      const etag = (await store.read('nightly'))?.etag ?? '';
      expect(await store.remove('nightly', etag)).toBe('done');
      expect(await store.read('nightly')).toBeUndefined();
      expect(await store.remove('nightly', etag)).toBe('changed');
      expect(await store.write(scheduleRow({ firedThrough: 3 }), etag)).toBe('changed');
      expect(await store.insert(scheduleRow())).toBe('inserted');
    });
  });
}
