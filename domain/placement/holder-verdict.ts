// Whether a name may leave its row of holders: only on a fact that can't change back (protocol §3.6).
import type { AttemptRow } from '../attempt/attempt';
import { isLimitRow } from '../job/run-limit';
import { attemptNumbered, type JobRecords } from '../ports/job-store';
import { type CapacityNews, capacityNews } from './capacity';

/**
 * `place` names a placement's row or a limit's, such as a concurrency key's; a limit is held wherever the attempt was
 * placed. `records` must have been read after that row; undefined is a definite absence of the job.
 */
export function mayLeave(place: string, attempt: number, records: JobRecords | undefined): boolean {
  if (records === undefined) return false;
  const row = attemptNumbered(records, attempt)?.row;
  if (row === undefined) return records.job.row.state === 'over' || records.job.row.attempt > attempt;
  return isElsewhere(row, place) || row.cleanup === 'gone';
}

/** What a leaving name has used up in its placement: nothing when no create was sent from there. */
export interface Used {
  readonly creation: boolean;
  readonly removal: boolean;
}

/** For a name that may leave. */
export function usedOf(place: string, attempt: number, records: JobRecords | undefined): Used {
  const row = attemptNumbered(records, attempt)?.row;
  if (row === undefined || isElsewhere(row, place)) return { creation: false, removal: false };
  return { creation: row.intent.kind === 'set', removal: row.deleteSentAt !== undefined };
}

/** What a leaving name has shown of the capacity in its placement; nothing for a limit's row. */
export function newsOf(place: string, attempt: number, records: JobRecords | undefined): CapacityNews {
  const row = attemptNumbered(records, attempt)?.row;
  return row === undefined || isLimitRow(place) || isElsewhere(row, place)
    ? { kind: 'none' }
    : capacityNews(row);
}

function isElsewhere(row: AttemptRow, place: string): boolean {
  return !isLimitRow(place) && row.placement !== place;
}
