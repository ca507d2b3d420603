// What every HintStore keeps to.
import { TerminalError } from '../../domain/errors';
import type { HintStore, WaitingHint } from '../../domain/hint-store';
import { waitingKey } from '../../domain/job-id';
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
      expect(await store.listByTime(10)).toEqual({ jobIds: [] });
    });

    test('removing what is not there succeeds, before the first write and after', async () => {
      await store.removeWaiting('absent');
      await store.removeUnfinished(testJobId(1));
      await store.addWaiting(hint(1, 0));
      await store.addJob(testJobId(2), NEW_YEAR);
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

    test('a hint keeps what its job wants', async () => {
      const wants = { placements: ['b', 'a'], concurrencyKey: 'key / #?', until: NEW_YEAR };
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
      await store.addJob(testJobId(1), NEW_YEAR);
      await store.addJob(testJobId(1), NEW_YEAR);
      expect(await store.listUnfinished()).toEqual([testJobId(1)]);
      expect((await store.listByTime(10)).jobIds).toHaveLength(1);
    });

    test('a finished job leaves the index and stays in the list by time', async () => {
      await store.addJob(testJobId(1), NEW_YEAR);
      await store.addJob(testJobId(2), NEW_YEAR);
      await store.removeUnfinished(testJobId(1));
      expect(await store.listUnfinished()).toEqual([testJobId(2)]);
      const { jobIds } = await store.listByTime(10);
      expect(jobIds.map((job) => job.jobId).toSorted()).toEqual([testJobId(1), testJobId(2)]);
    });

    test('pages by time come newest first, without overlap, gap or an empty page at the end', async () => {
      const jobs = Array.from({ length: 9 }, (_, n) => ({
        jobId: testJobId(n),
        submittedAt: NEW_YEAR + n * 9,
      }));
      await Promise.all(jobs.map((job) => store.addJob(job.jobId, job.submittedAt)));
      const pages: string[][] = [];
      let continuation: string | undefined;
      do {
        const page = await store.listByTime(3, continuation);
        pages.push(page.jobIds.map((job) => job.jobId));
        continuation = page.continuation;
      } while (continuation !== undefined);
      expect(pages).toEqual(
        [
          [8, 7, 6],
          [5, 4, 3],
          [2, 1, 0],
        ].map((page) => page.map(testJobId)),
      );
      expect((await store.listByTime(20)).jobIds).toEqual(jobs.toReversed());
    });

    test('jobs of one instant are all listed, across pages too', async () => {
      const ids = Array.from({ length: 5 }, (_, n) => testJobId(n));
      await Promise.all(ids.map((id) => store.addJob(id, NEW_YEAR)));
      const first = await store.listByTime(2);
      const rest = await store.listByTime(10, first.continuation);
      expect([...first.jobIds, ...rest.jobIds].map((job) => job.jobId).toSorted()).toEqual(ids);
    });

    test('a job added while somebody pages does not disturb the pages to come', async () => {
      for (const n of [1, 2, 3]) await store.addJob(testJobId(n), NEW_YEAR + n);
      const first = await store.listByTime(2);
      await store.addJob(testJobId(4), NEW_YEAR + 4);
      const second = await store.listByTime(2, first.continuation);
      expect(second.jobIds.map((job) => job.jobId)).toEqual([testJobId(1)]);
    });

    test.each(["' or true", 'abc', '99999999999999'])(
      '%j is refused as a continuation',
      async (continuation) => {
        await expect(store.listByTime(2, continuation)).rejects.toThrow(TerminalError);
      },
    );

    test.each([0, -1, 1.5, NaN])('a page of %d jobs is refused', async (limit) => {
      await expect(store.listByTime(limit)).rejects.toThrow(TerminalError);
    });
  });
}

function hint(job: number, after: number): WaitingHint {
  const jobId = testJobId(job);
  return { key: waitingKey(NEW_YEAR + after, jobId, 1), jobId, attempt: 1, writtenAt: NEW_YEAR };
}
