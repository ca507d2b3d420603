// A list that is known in part and read again page by page: what a newer page says of the part that it covers. Pure.
import type { JobSummary } from '../../domain/lists/job-summary';

export interface PageRead {
  readonly jobs: readonly JobSummary[];
  /** It begins at the list's beginning. */
  readonly isFirst: boolean;
  /** The list ends with it. */
  readonly isLast: boolean;
}

/**
 * The known jobs, newest first, after a page was read: its jobs replace those that are known of the span that the page
 * covers, so what left the list leaves here too.
 */
export function mergePage(known: readonly JobSummary[], { jobs, isFirst, isLast }: PageRead): JobSummary[] {
  const [first, last] = [jobs[0], jobs.at(-1)];
  const here = new Set(jobs.map(({ id }) => id));
  const covers = (job: JobSummary): boolean =>
    (isFirst || (first !== undefined && job.createdAt <= first.createdAt)) &&
    (isLast || (last !== undefined && job.createdAt >= last.createdAt));
  const kept = known.filter((job) => !here.has(job.id) && !covers(job));
  return [...kept, ...jobs].sort(newestFirst);
}

function newestFirst(a: JobSummary, b: JobSummary): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}
