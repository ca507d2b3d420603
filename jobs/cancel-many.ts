// Canceling many jobs at once: all that are not over, or those with given labels.
import type { JobRow } from '../domain/job';
import { cancel } from './cancel';
import type { Ports } from './ports';

export interface JobFilter {
  /** Every one of these must be on the job; none given: all jobs. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Goes through the index of unfinished jobs; resolves to the ids of those that were canceled or asked to end. */
export async function cancelMany(
  ports: Parameters<typeof cancel>[0] & Pick<Ports, 'hints'>,
  filter: JobFilter,
): Promise<readonly string[]> {
  const ended: string[] = [];
  for (const jobId of await ports.hints.listUnfinished()) {
    const row = (await ports.jobs.read(jobId))?.job.row;
    if (row === undefined || row.state === 'over' || !matches(row, filter)) continue;
    const result = await cancel(ports, jobId);
    if (result === 'canceled' || result === 'requested') ended.push(jobId);
  }
  return ended;
}

function matches(row: JobRow, { labels }: JobFilter): boolean {
  return Object.entries(labels).every(([name, value]) => row.labels[name] === value);
}
