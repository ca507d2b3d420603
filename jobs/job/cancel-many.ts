// Cancels many jobs at once: all that are not over, or those that fit a filter.
import { jobSummary } from '../../domain/lists/job-summary';
import { fits, type JobFilter } from '../lists/job-filter';
import type { EndPorts, InvocationPorts } from '../ports';
import { cancel } from './cancel';

/**
 * Goes through the index of unfinished jobs. Resolves to the ids of the jobs that were canceled or asked to end. `{}`
 * means all.
 */
export async function cancelMany(
  ports: EndPorts & InvocationPorts,
  filter: JobFilter,
): Promise<readonly string[]> {
  const ended: string[] = [];
  for (const jobId of await ports.hints.listUnfinished()) {
    const records = await ports.jobs.read(jobId);
    if (records === undefined || records.job.row.state === 'over' || !fits(jobSummary(records), filter))
      continue;
    const result = await cancel(ports, jobId);
    if (result === 'canceled' || result === 'requested') ended.push(jobId);
  }
  return ended;
}
