// Whether a name may leave its placement's row: only on a fact that can't change back (protocol §3.6).
import type { JobRecords } from './job-store';

/** `records` must have been read after the placement's row; undefined is a definite absence of the job. */
export function mayLeave(placement: string, attempt: number, records: JobRecords | undefined): boolean {
  if (records === undefined) return false;
  const row = records.attempts.find((candidate) => candidate.row.number === attempt)?.row;
  if (row === undefined) return records.job.row.state === 'over' || records.job.row.attempt > attempt;
  return row.placement !== placement || row.cleanup === 'gone';
}
