import { mergePage } from '../../dashboard/list/merge-page';
import type { JobSummary } from '../../domain/lists/job-summary';

/** Submitted in minute `minute`. */
function job(minute: number, state: JobSummary['state'] = 'Running'): JobSummary {
  const createdAt = `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`;
  return { id: `j${minute}`, state, cleanup: 'none', attempt: 1, labels: {}, createdAt };
}

function ids(jobs: readonly JobSummary[]): readonly string[] {
  return jobs.map(({ id }) => id);
}

describe('a list that is read again', () => {
  const known = [job(5), job(4), job(3), job(2)];

  test('has what is new at its beginning, and what is known beyond the page', () => {
    const page = { jobs: [job(6), job(5), job(4)], isFirst: true, isLast: false };
    expect(ids(mergePage(known, page))).toEqual(['j6', 'j5', 'j4', 'j3', 'j2']);
  });

  test('shows each job as the page has it', () => {
    const page = { jobs: [job(5, 'Succeeded'), job(4)], isFirst: true, isLast: false };
    expect(mergePage(known, page)[0]?.state).toBe('Succeeded');
  });

  test('loses what left it within the page, and nothing else', () => {
    const page = { jobs: [job(5), job(3)], isFirst: true, isLast: false };
    expect(ids(mergePage(known, page))).toEqual(['j5', 'j3', 'j2']);
  });

  test('is the page where that is all', () => {
    expect(ids(mergePage(known, { jobs: [job(4)], isFirst: true, isLast: true }))).toEqual(['j4']);
    expect(mergePage(known, { jobs: [], isFirst: true, isLast: true })).toEqual([]);
  });
});
