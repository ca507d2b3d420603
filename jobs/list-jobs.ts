// A page of jobs, newest first, each as its rows tell it.
import { type JobView, jobView } from '../domain/job-view';
import type { Ports } from './ports';

export interface JobList {
  readonly jobs: readonly JobView[];
  /** Pass back to read on; absent at the end. */
  readonly continuation?: string;
}

/** The by-time rows are hints: one that its job's row does not confirm is passed over, so a page may hold fewer than `limit`. */
export async function listJobs(
  ports: Pick<Ports, 'hints' | 'jobs'>,
  limit: number,
  continuation?: string,
): Promise<JobList> {
  const page = await ports.hints.listByTime(limit, continuation);
  const read = await Promise.all(
    page.jobIds.map(async (hint) => ({ hint, records: await ports.jobs.read(hint.jobId) })),
  );
  const confirmed = read.flatMap(({ hint, records }) =>
    records?.job.row.submittedAt === hint.submittedAt ? [jobView(records)] : [],
  );
  return { jobs: confirmed, ...(page.continuation === undefined ? {} : { continuation: page.continuation }) };
}
