import type { Api } from '../../../dashboard/api/calls';
import { countJobs } from '../../../dashboard/list/matching/count';
import type { JobSummary } from '../../../domain/lists/job-summary';

function job(id: string, createdAt: string): JobSummary {
  return { id, state: 'Running', cleanup: 'none', attempt: 1, labels: {}, createdAt };
}

/** A list whose pages have one job each, the newest of the hour first. */
function listOf(pages: number): Api['list'] {
  return ({ continuation = '0' }) => {
    const page = Number(continuation);
    const jobs = [job(`j${page}`, new Date(Date.UTC(2026, 0, 1, 1) - page).toISOString())];
    return Promise.resolve({ jobs, ...(page + 1 < pages ? { continuation: String(page + 1) } : {}) });
  };
}

test('jobs are counted over the pages of the list', async () => {
  const count = await countJobs({ list: listOf(3) }, {});
  expect(count).toEqual({ count: 3, isMore: false, before: '2026-01-01T01:00:00.001Z' });
});

test('no more than five pages are read, and that there may be more is told', async () => {
  expect(await countJobs({ list: listOf(6) }, {})).toMatchObject({ count: 5, isMore: true });
  expect(await countJobs({ list: listOf(5) }, {})).toMatchObject({ count: 5, isMore: false });
});

test('where none is found, what was submitted until now counts', async () => {
  const from = Date.now();
  const { count, before } = await countJobs({ list: () => Promise.resolve({ jobs: [] }) }, {});
  expect(count).toBe(0);
  expect(Date.parse(before)).toBeGreaterThanOrEqual(from);
});
