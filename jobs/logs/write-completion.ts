// Writes into an attempt's row, and into the terminal record, how far the completion of its log is.
import { jobView } from '../../api/views/job-view';
import type { AttemptRow } from '../../domain/attempt/attempt';
import type { Completing, LogCompletion } from '../../domain/logs/log-completion';
import type { JobRecords, Versioned } from '../../domain/ports/job-store';
import type { CompletePorts } from '../ports';

/** A log that is being completed: its rows as they were read. */
export interface LogScene {
  readonly records: JobRecords;
  readonly attempt: Versioned<AttemptRow>;
  readonly state: Completing;
}

type Wrote = Promise<'done' | 'changed'>;

/** On the version of the row that was read. */
export async function writeCompleting(ports: CompletePorts, { attempt }: LogScene, state: Completing): Wrote {
  const { row, etag } = attempt;
  return ports.jobs.commit(row.jobId, [
    { kind: 'replace-attempt', row: { ...row, logCompletion: state }, etag },
  ]);
}

/**
 * The last word. The terminal record is written before the row, so that it is never behind it; whoever is cut short
 * writes both again. The job's row is part of the transaction: had the job ended meanwhile, its announcement might have
 * been made of the attempt's older row.
 */
export async function settleCompletion(
  ports: CompletePorts,
  { records, attempt: { row, etag } }: LogScene,
  logCompletion: LogCompletion,
): Wrote {
  const { job, attempts } = records;
  const after: AttemptRow = { ...row, logCompletion };
  if (job.row.state === 'over') {
    const settled = attempts.map((one) => (one.row.number === row.number ? { ...one, row: after } : one));
    await ports.results.put(row.jobId, jobView({ ...records, attempts: settled }));
  }
  return ports.jobs.commit(row.jobId, [
    { kind: 'replace-attempt', row: after, etag },
    { kind: 'replace-job', row: job.row, etag: job.etag },
  ]);
}
