// What an overlap policy needs of a schedule's earlier jobs: which of them are still there, and a way to end them.
import type { JobRecords, JobStore } from '../../domain/ports/job-store';
import { cancel } from '../job/cancel';
import type { EndPorts, InvocationPorts } from '../ports';

/** Those of the jobs that are not over, or whose workload is not confirmed gone. */
export async function stillThere(jobs: JobStore, jobIds: readonly string[]): Promise<readonly string[]> {
  const all = await Promise.all(jobIds.map((jobId) => jobs.read(jobId)));
  return jobIds.filter((_, index) => isThere(all[index]));
}

/** Cancels those that still run. Resolves to those that are still there. */
export async function endEarlier(
  ports: EndPorts & InvocationPorts,
  jobIds: readonly string[],
): Promise<readonly string[]> {
  for (const jobId of jobIds) {
    const records = await ports.jobs.read(jobId);
    if (records === undefined || records.job.row.state === 'over' || records.cancel !== undefined) continue;
    ports.log.info(`Job ${jobId} is canceled: a later fire of its schedule replaces it.`);
    await cancel(ports, jobId, 'schedule');
  }
  return stillThere(ports.jobs, jobIds);
}

/** A job that was never stored is not there: it was noted before a run that did not come about. */
function isThere(records: JobRecords | undefined): boolean {
  if (records === undefined) return false;
  const isOver = records.job.row.state === 'over';
  return !isOver || records.attempts.some(({ row }) => row.cleanup !== 'gone');
}
