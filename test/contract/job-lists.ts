// The contract of every JobLists.
import { TerminalError } from '../../domain/errors';
import { type JobSummary, jobSummary } from '../../domain/lists/job-summary';
import type { JobLists, JobRange } from '../../domain/ports/job-lists';
import { jobRow, NEW_YEAR, testJobId } from '../support/rows';

const ALL: JobRange = { listing: { kind: 'all' } };

export function describeJobLists(name: string, make: () => JobLists): void {
  describe(`${name} as lists of jobs`, () => {
    let lists: JobLists;
    beforeEach(() => {
      lists = make();
    });

    async function ids(range: JobRange, limit = 50): Promise<string[]> {
      return (await lists.page(range, limit)).jobs.map(({ id }) => id);
    }

    test('are empty at first, and know no job', async () => {
      expect(await lists.page(ALL, 10)).toEqual({ jobs: [] });
      expect(await lists.read(testJobId(1))).toBeUndefined();
    });

    test('a job is in the list of all, of its state, of each of its labels and of its schedule', async () => {
      const job = summary(1, { labels: { team: 'vision', 'a/b#?': "it's" }, schedule: 'nightly' });
      await lists.write(job, undefined);
      await lists.write(summary(2, { state: 'Running', labels: { team: 'speech' } }), undefined);
      for (const listing of [
        { kind: 'state', state: 'Queued' },
        { kind: 'label', name: 'team', value: 'vision' },
        { kind: 'label', name: 'a/b#?', value: "it's" },
        { kind: 'schedule', name: 'nightly' },
      ] as const)
        expect(await lists.page({ listing }, 10)).toEqual({ jobs: [job] });
      expect(await ids(ALL)).toEqual([testJobId(2), testJobId(1)]);
      expect(await ids({ listing: { kind: 'label', name: 'team', value: 'visio' } })).toEqual([]);
      expect(await ids({ listing: { kind: 'schedule', name: 'night' } })).toEqual([]);
      expect((await lists.read(job.id))?.row).toEqual(job);
    });

    test('a job is in the list of its name, whole, and among those whose ids begin as its own', async () => {
      const job = summary(1, { name: "it's/#1" });
      await lists.write(job, undefined);
      await lists.write(summary(2, { name: 'other' }), undefined);
      await lists.write(summary(12), undefined);
      expect(await lists.page({ listing: { kind: 'name', name: "it's/#1" } }, 10)).toEqual({ jobs: [job] });
      expect(await ids({ listing: { kind: 'name', name: 'othe' } })).toEqual([]);
      const begun = (prefix: string): Promise<string[]> => ids({ listing: { kind: 'id', prefix } });
      expect(await begun(testJobId(1).slice(0, -2))).toEqual([1, 2, 12].map(testJobId));
      expect(await begun(testJobId(12).slice(0, -1))).toEqual([testJobId(12)]);
      expect(await begun('jzzz')).toEqual([]);
    });

    test.each([
      { kind: 'schedule', name: "x' or PartitionKey eq 'lists' or '" },
      { kind: 'name', name: "x' or PartitionKey eq 'lists' or '" },
      { kind: 'label', name: "x' or '", value: "' eq '" },
      { kind: 'id', prefix: "j' or PartitionKey eq 'lists' or '" },
    ] as const)(
      'a $kind that would go on as a condition of the query lists no job of others',
      async (listing) => {
        await lists.write(summary(1, { schedule: 'nightly', name: 'other' }), undefined);
        expect(await ids({ listing })).toEqual([]);
      },
    );

    test('jobs by the beginning of their ids come a page at a time, too', async () => {
      for (const n of [1, 2, 3]) await lists.write(summary(n), undefined);
      const range: JobRange = { listing: { kind: 'id', prefix: testJobId(1).slice(0, -1) } };
      const first = await lists.page(range, 2);
      expect(first.jobs.map(({ id }) => id)).toEqual([1, 2].map(testJobId));
      const second = await lists.page(range, 2, first.continuation);
      expect(second.jobs.map(({ id }) => id)).toEqual([testJobId(3)]);
    });

    test('a job whose state changes moves from one list to the other, and shows its change in all', async () => {
      await lists.write(summary(1), undefined);
      const running = summary(1, { state: 'Running', attempt: 1 });
      expect(await lists.write(running, await lists.read(running.id))).toMatchObject({ kind: 'done' });
      expect(await ids({ listing: { kind: 'state', state: 'Queued' } })).toEqual([]);
      for (const listing of [
        { kind: 'all' },
        { kind: 'state', state: 'Running' },
        { kind: 'label', name: 'team', value: 'vision' },
      ] as const)
        expect((await lists.page({ listing }, 10)).jobs).toEqual([running]);
    });

    test('the version that a write answers with is the one that the next write names', async () => {
      const first = await lists.write(summary(1), undefined);
      if (first.kind !== 'done') throw new Error('The first write found another.');
      const row = summary(1);
      const next = summary(1, { state: 'Pulling' });
      expect(await lists.write(next, { row, etag: first.etag })).toMatchObject({ kind: 'done' });
      expect(await lists.write(summary(1), { row, etag: first.etag })).toEqual({ kind: 'changed' });
      expect((await lists.read(row.id))?.row).toEqual(next);
    });

    test('a job that is listed already is not listed as new, and nothing of it changes', async () => {
      await lists.write(summary(1), undefined);
      const other = summary(1, { state: 'Failed' });
      expect(await lists.write(other, undefined)).toEqual({ kind: 'changed' });
      expect(await ids({ listing: { kind: 'state', state: 'Failed' } })).toEqual([]);
      expect((await lists.page(ALL, 10)).jobs).toEqual([summary(1)]);
    });

    test('pages come newest first, without overlap, gap or an empty page at the end', async () => {
      for (let n = 0; n < 9; n += 1) await lists.write(summary(n), undefined);
      const pages: string[][] = [];
      let continuation: string | undefined;
      do {
        const page = await lists.page(ALL, 3, continuation);
        pages.push(page.jobs.map(({ id }) => id));
        continuation = page.continuation;
      } while (continuation !== undefined);
      expect(pages).toEqual([[8, 7, 6].map(testJobId), [5, 4, 3].map(testJobId), [2, 1, 0].map(testJobId)]);
    });

    test('jobs of one instant are all listed, across pages too', async () => {
      const jobs = Array.from({ length: 5 }, (_, n) => ({ ...summary(0), id: testJobId(n) }));
      for (const job of jobs) await lists.write(job, undefined);
      const first = await lists.page(ALL, 2);
      const rest = await lists.page(ALL, 10, first.continuation);
      expect([...first.jobs, ...rest.jobs]).toEqual(jobs);
    });

    test('a job that comes while a reader pages does not disturb the pages to come', async () => {
      for (const n of [1, 2, 3]) await lists.write(summary(n), undefined);
      const first = await lists.page(ALL, 2);
      await lists.write(summary(4), undefined);
      expect((await lists.page(ALL, 2, first.continuation)).jobs).toEqual([summary(1)]);
    });

    test('since is the first instant that counts, until the first that does not', async () => {
      for (const n of [1, 2, 3, 4]) await lists.write(summary(n), undefined);
      const [since, until] = [2, 4].map((n) => Date.parse(summary(n).createdAt));
      expect(await ids({ ...ALL, since })).toEqual([4, 3, 2].map(testJobId));
      expect(await ids({ ...ALL, until })).toEqual([3, 2, 1].map(testJobId));
      const range: JobRange = { listing: { kind: 'state', state: 'Queued' }, since, until };
      expect(await ids(range)).toEqual([3, 2].map(testJobId));
      const first = await lists.page(range, 1);
      expect(await lists.page(range, 5, first.continuation)).toEqual({ jobs: [summary(2)] });
    });

    test('instants before 1970 and beyond all calendars select everything or nothing', async () => {
      await lists.write(summary(1), undefined);
      expect(await ids({ ...ALL, since: Date.parse('0001-01-01'), until: 8.64e15 })).toHaveLength(1);
      expect(await ids({ ...ALL, until: Date.parse('0001-01-01') })).toEqual([]);
      expect(await ids({ ...ALL, since: 8.64e15 })).toEqual([]);
    });

    test.each(["' or true", 'abc', '99999999999999'])(
      '%j is refused as a continuation',
      async (continuation) => {
        await expect(lists.page(ALL, 2, continuation)).rejects.toThrow(TerminalError);
      },
    );

    test.each([0, -1, 1.5, NaN])('a page of %d jobs is refused', async (limit) => {
      await expect(lists.page(ALL, limit)).rejects.toThrow(TerminalError);
    });
  });
}

/** The `n`th job, submitted 9 ms after the one before. */
function summary(n: number, over: Partial<JobSummary> = {}): JobSummary {
  const row = jobRow({ jobId: testJobId(n), submittedAt: NEW_YEAR + n * 9 });
  return { ...jobSummary({ job: { row, etag: '' }, cancel: undefined, attempts: [] }), ...over };
}
