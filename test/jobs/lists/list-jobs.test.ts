// Pages of the jobs that a filter selects: the same as by looking at every job, at a bounded cost.
import fc from 'fast-check';

import type { JobState } from '../../../domain/job/job-state';
import type { JobSummary } from '../../../domain/lists/job-summary';
import type { JobLists } from '../../../domain/ports/job-lists';
import { fits, type JobFilter } from '../../../jobs/lists/job-filter';
import { listJobs } from '../../../jobs/lists/list-jobs';
import { MemoryJobLists } from '../../support/memory/memory-job-lists';
import { NEW_YEAR, testJobId } from '../../support/rows';

const STATES: readonly JobState[] = ['Queued', 'Running', 'Failed', 'Succeeded'];

function instant(n: number): string {
  return new Date(NEW_YEAR + n * 1000).toISOString();
}

const anyJob = fc.record(
  {
    state: fc.constantFrom(...STATES),
    labels: fc.dictionary(fc.constantFrom('team', 'run', 'a=b'), fc.constantFrom('1', '2', 'x=y', 'a,b'), {
      maxKeys: 2,
    }),
    schedule: fc.constantFrom('nightly', 'hourly'),
    name: fc.constantFrom('train', 'eval'),
    placement: fc.constantFrom('east', 'west'),
    at: fc.nat(5),
  },
  { requiredKeys: ['state', 'labels', 'at'] },
);

const anyFilter: fc.Arbitrary<JobFilter> = fc.record(
  {
    states: fc.subarray([...STATES], { minLength: 1 }),
    labels: fc.dictionary(fc.constantFrom('team', 'run', 'a=b'), fc.constantFrom('1', 'x=y', 'a,b'), {
      minKeys: 1,
      maxKeys: 2,
    }),
    schedule: fc.constantFrom('nightly', 'none'),
    name: fc.constantFrom('train', 'trai'),
    placements: fc.subarray(['east', 'west', 'north'], { minLength: 1 }),
    idPrefix: fc.constantFrom(testJobId(1).slice(0, -1), testJobId(12).slice(0, -1), 'jzzz'),
    since: fc.nat(6).map(instant),
    until: fc.nat(6).map(instant),
  },
  { requiredKeys: [] },
);

async function listOf(jobs: readonly JobSummary[]): Promise<{ lists: JobLists; read: () => number }> {
  const memory = new MemoryJobLists();
  for (const job of jobs) await memory.write(job, undefined);
  let read = 0;
  const page: JobLists['page'] = async (...of) => {
    const answer = await memory.page(...of);
    read += answer.jobs.length;
    return answer;
  };
  return {
    lists: { read: (id) => memory.read(id), write: (...of) => memory.write(...of), page },
    read: () => read,
  };
}

test('pages tell each job that fits once, newest first, whatever is combined and however they are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyJob, { maxLength: 25 }),
      anyFilter,
      fc.integer({ min: 1, max: 7 }),
      async (asked, filter, limit) => {
        const jobs = asked.map(({ at, ...job }, n): JobSummary => ({
          ...job,
          id: testJobId(n),
          cleanup: 'none',
          attempt: 0,
          createdAt: instant(at),
        }));
        const { lists } = await listOf(jobs);
        const found: string[] = [];
        let continuation: string | undefined;
        do {
          const page = await listJobs(lists, filter, limit, continuation);
          expect(page.jobs.length).toBeLessThanOrEqual(limit);
          found.push(...page.jobs.map(({ id }) => id));
          continuation = page.continuation;
        } while (continuation !== undefined);
        const meant = jobs
          .filter((job) => fits(job, filter))
          .sort((a, b) =>
            filter.idPrefix === undefined && a.createdAt !== b.createdAt
              ? a.createdAt < b.createdAt
                ? 1
                : -1
              : a.id < b.id
                ? -1
                : 1,
          )
          .map(({ id }) => id);
        expect(found).toEqual(meant);
      },
    ),
    { numRuns: 300 },
  );
});

test('one page reads 1,000 entries at most, however few of them fit, and goes on behind them', async () => {
  const jobs = Array.from({ length: 1_500 }, (_, n): JobSummary => ({
    id: testJobId(n),
    state: 'Succeeded',
    cleanup: 'none',
    attempt: 1,
    labels: { team: 'vision' },
    placement: n === 0 ? 'west' : 'east',
    createdAt: instant(n),
  }));
  const { lists, read } = await listOf(jobs);
  const filter = { labels: { team: 'vision' }, placements: ['west'] };
  const first = await listJobs(lists, filter, 50);
  expect(first).toMatchObject({ jobs: [], continuation: expect.any(String) as string });
  expect(read()).toBe(1_000);
  const second = await listJobs(lists, filter, 50, first.continuation);
  expect(second.jobs.map(({ id }) => id)).toEqual([testJobId(0)]);
  expect(second).not.toHaveProperty('continuation');
});

test('of one property a page reads no more entries than it has jobs', async () => {
  const { lists, read } = await listOf(
    Array.from({ length: 20 }, (_, n): JobSummary => ({
      id: testJobId(n),
      state: 'Queued',
      cleanup: 'none',
      attempt: 0,
      labels: {},
      name: 'train',
      createdAt: instant(n),
    })),
  );
  expect((await listJobs(lists, { name: 'train' }, 5)).jobs).toHaveLength(5);
  expect(read()).toBe(5);
});
