// Writes into an attempt's row what was found out of it after it settled, and into the terminal record.
import { jobView } from '../../api/views/job-view';
import type { AttemptRow } from '../../domain/attempt/attempt';
import type { JobRecords, Versioned } from '../../domain/ports/job-store';
import type { EndPorts } from '../ports';

/**
 * The terminal record is written before the row, so that it is never behind it; whoever is cut short writes both again.
 * The job's row is part of the transaction: had the job ended meanwhile, its announcement might have been made of the
 * attempt's older row.
 */
export async function writeLastWord(
  ports: EndPorts,
  {
    records,
    attempt: { row, etag },
  }: { readonly records: JobRecords; readonly attempt: Versioned<AttemptRow> },
  word: Partial<AttemptRow>,
): Promise<'done' | 'changed'> {
  const { job, attempts } = records;
  const after: AttemptRow = { ...row, ...word };
  if (job.row.state === 'over') {
    const settled = attempts.map((one) => (one.row.number === row.number ? { ...one, row: after } : one));
    await ports.results.put(row.jobId, jobView({ ...records, attempts: settled }));
  }
  return ports.jobs.commit(row.jobId, [
    { kind: 'replace-attempt', row: after, etag },
    { kind: 'replace-job', row: job.row, etag: job.etag },
  ]);
}
