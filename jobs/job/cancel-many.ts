// Cancels many jobs at once: all that are not over, or those that fit a filter.
import { GROUP_ID } from '../../domain/group/group';
import { jobSummary } from '../../domain/lists/job-summary';
import { cancelGroup } from '../group/cancel-group';
import { fits, type JobFilter } from '../lists/job-filter';
import type { GroupPorts } from '../ports';
import { cancel } from './cancel';

/**
 * Goes through the index of unfinished jobs. Resolves to the ids of the jobs that were canceled or asked to end. `{}`
 * means all.
 */
export async function cancelMany(ports: GroupPorts, filter: JobFilter): Promise<readonly string[]> {
  const ended: string[] = [];
  const isAll = Object.values(filter).every((given) => given === undefined);
  for (const jobId of await ports.hints.listUnfinished()) {
    // A group whose members are not all made yet: what is made later is canceled too.
    if (GROUP_ID.test(jobId)) {
      if (isAll) ended.push(...((await cancelGroup(ports, jobId)) ?? []));
      continue;
    }
    const records = await ports.jobs.read(jobId);
    if (records === undefined || records.job.row.state === 'over' || !fits(jobSummary(records), filter))
      continue;
    const result = await cancel(ports, jobId);
    if (result === 'canceled' || result === 'requested') ended.push(jobId);
  }
  return ended;
}
