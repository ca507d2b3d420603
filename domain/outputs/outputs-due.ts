// Which attempts' outputs are still to be listed.
import type { AttemptRow } from '../attempt/attempt';
import { awaitsAnnouncement } from '../job/awaits-announcement';
import type { JobRecords } from '../ports/job-store';

/**
 * The attempts whose outputs are to be listed now. While a job is over and not announced, its announcement may be made
 * of older rows.
 */
export function outputsDue({ job: { row: job }, attempts }: JobRecords): number[] {
  if (awaitsAnnouncement(job)) return [];
  return attempts.flatMap(({ row }) => (areDue(row) ? [row.number] : []));
}

export function areDue({ outputs }: Pick<AttemptRow, 'outputs'>): boolean {
  return outputs?.state === 'due';
}
