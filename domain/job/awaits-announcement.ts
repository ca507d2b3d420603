// Whether a job's end is still to be announced.
import type { JobRow } from './job';

/** Until then its announcement may be made of rows that were read earlier. */
export function awaitsAnnouncement({ state, eventSent }: Pick<JobRow, 'state' | 'eventSent'>): boolean {
  return state === 'over' && !eventSent;
}
