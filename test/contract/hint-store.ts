// The contract of every HintStore.
import { waitingKey } from '../../domain/job/names';
import type { HintStore, WaitingHint } from '../../domain/ports/hint-store';
import { NEW_YEAR, testJobId } from '../support/rows';

export function describeHintStore(name: string, make: () => HintStore): void {
  describe(`${name} as a hint store`, () => {
    let store: HintStore;
    beforeEach(() => {
      store = make();
    });

    test('is empty at first', async () => {
      expect(await store.listWaiting()).toEqual([]);
      expect(await store.listUnfinished()).toEqual([]);
    });

    test('removing what is not there succeeds, before the first write and after', async () => {
      await store.removeWaiting('absent');
      await store.removeUnfinished(testJobId(1));
      await store.addWaiting(hint(1, 0));
      await store.addJob(testJobId(2));
      await store.removeWaiting('absent');
      await store.removeUnfinished(testJobId(1));
      expect(await store.listWaiting()).toHaveLength(1);
      expect(await store.listUnfinished()).toEqual([testJobId(2)]);
    });

    test('300 waiting rows come back oldest first, whatever the order of writing', async () => {
      // 7 and 300 share no divisor: every instant once, in mixed order.
      const instants = Array.from({ length: 300 }, (_, index) => (index * 7) % 300);
      await Promise.all(instants.map((instant) => store.addWaiting(hint(instant, instant))));
      const waiting = await store.listWaiting();
      expect(waiting).toEqual(instants.toSorted((a, b) => a - b).map((instant) => hint(instant, instant)));
    });

    test('a hint written twice is there once, as it was written last', async () => {
      const first = hint(1, 0);
      await store.addWaiting(first);
      await store.addWaiting({ ...first, writtenAt: NEW_YEAR + 5 });
      expect(await store.listWaiting()).toEqual([{ ...first, writtenAt: NEW_YEAR + 5 }]);
    });

    test('a hint keeps the wishes of its job', async () => {
      const gpu = { count: 5, sku: 'A100' };
      const wants = { placements: ['b', 'a'], gpu, concurrencyKey: 'key / #?', until: NEW_YEAR };
      await store.addWaiting({ ...hint(1, 0), wants });
      await store.addWaiting({ ...hint(2, 0), wants: { placements: ['a'], until: 0 } });
      expect((await store.listWaiting()).map((listed) => listed.wants)).toEqual([
        wants,
        { placements: ['a'], until: 0 },
      ]);
    });

    test('a removed waiting row leaves the others', async () => {
      await store.addWaiting(hint(1, 0));
      await store.addWaiting(hint(2, 0));
      await store.removeWaiting(hint(1, 0).key);
      expect(await store.listWaiting()).toEqual([hint(2, 0)]);
    });

    test('a job that is added again is listed once', async () => {
      await store.addJob(testJobId(1));
      await store.addJob(testJobId(1));
      expect(await store.listUnfinished()).toEqual([testJobId(1)]);
    });

    test('a job leaves the index by its age only if it has not been put in since', async () => {
      const anHour = 3_600_000;
      await store.addJob(testJobId(1));
      await store.removeUnfinishedWrittenBefore(testJobId(1), Date.now() - anHour);
      expect(await store.listUnfinished()).toEqual([testJobId(1)]);
      // It does not exist, and that is no error.
      await store.removeUnfinishedWrittenBefore(testJobId(2), Date.now() + anHour);
      await store.removeUnfinishedWrittenBefore(testJobId(1), Date.now() + anHour);
      expect(await store.listUnfinished()).toEqual([]);
    });

    test('a finished job leaves the index, the others stay', async () => {
      await store.addJob(testJobId(1));
      await store.addJob(testJobId(2));
      await store.removeUnfinished(testJobId(1));
      expect(await store.listUnfinished()).toEqual([testJobId(2)]);
    });
  });
}

function hint(job: number, after: number): WaitingHint {
  const jobId = testJobId(job);
  return { key: waitingKey(NEW_YEAR + after, jobId, 1), jobId, attempt: 1, writtenAt: NEW_YEAR };
}
