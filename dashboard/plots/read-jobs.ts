// Reads the jobs of a period for the plots: so many pages of the list and no more.
import type { JobSummary } from '../../domain/lists/job-summary';

/** As many as the API gives at once; one storage request a page. */
const PAGE = 200;
/** 4,000 jobs at most. */
export const MOST_PAGES = 20;

export interface JobsRead {
  /** Newest first. */
  readonly jobs: readonly JobSummary[];
  readonly pages: number;
  /** False: there are older ones in the period that were not read. */
  readonly isAll: boolean;
}

interface PageWanted {
  readonly since: string;
  readonly limit: number;
  readonly continuation: string | undefined;
}
interface Lists {
  list(
    query: PageWanted,
    signal: AbortSignal,
  ): Promise<{ readonly jobs: readonly JobSummary[]; readonly continuation?: string | undefined }>;
}

/** Of jobs submitted at `since` or later, epoch milliseconds. `onProgress` is told how many are read. */
export async function readJobs(
  api: Lists,
  since: number,
  onProgress: (jobs: number) => void,
  signal: AbortSignal,
): Promise<JobsRead> {
  const jobs: JobSummary[] = [];
  let continuation: string | undefined;
  for (let pages = 1; pages <= MOST_PAGES; pages += 1) {
    const query = { since: new Date(since).toISOString(), limit: PAGE, continuation };
    const page = await api.list(query, signal);
    jobs.push(...page.jobs);
    onProgress(jobs.length);
    continuation = page.continuation;
    if (continuation === undefined) return { jobs, pages, isAll: true };
  }
  return { jobs, pages: MOST_PAGES, isAll: false };
}
