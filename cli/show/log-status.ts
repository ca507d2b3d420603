// What to know of a log besides its bytes: that there is none, that it is empty, that more may come. Told beside the
// log, never in it.
import type { AttemptView, JobView } from '../../api/jobs';
import { reasonInWords } from './timeline';

export type LogStatus =
  /** Nothing follows. */
  | 'complete'
  /** The program printed nothing. */
  | 'empty'
  /** More may follow. */
  | 'unfinished'
  /** The program has not begun. */
  | 'not-yet'
  /** There is no log, and there will be none. */
  | 'absent';

/** Of the attempt that was read; `bytes`: how many it has up to now; `final`: the archive says that nothing follows. */
export function logStatus(
  job: JobView,
  attempt: AttemptView | undefined,
  { bytes, final }: { readonly bytes: number; readonly final: boolean },
): LogStatus {
  if (bytes > 0) return final ? 'complete' : 'unfinished';
  if (attempt === undefined) return job.outcome === undefined ? 'not-yet' : 'absent';
  const hasRun = attempt.phases['running'] !== undefined || attempt.exitCode !== undefined;
  if (hasRun) return final ? 'empty' : 'unfinished';
  const isOver = attempt.reason !== undefined || attempt.endedAt !== undefined || job.outcome !== undefined;
  return isOver ? 'absent' : 'not-yet';
}

/** A line for a person; undefined where the log speaks for itself. */
export function logStatusInWords(
  status: LogStatus,
  job: JobView,
  attempt: AttemptView | undefined,
): string | undefined {
  const which = attempt === undefined ? `job ${job.id}` : `attempt ${attempt.number} of job ${job.id}`;
  switch (status) {
    case 'complete':
      return undefined;
    case 'empty':
      return `[log: empty: the program of ${which} printed nothing]`;
    case 'unfinished':
      return `[log: not complete yet: ${which} is ${job.outcome === undefined ? job.state : 'being archived'}; -f goes on until it ends]`;
    case 'not-yet':
      return `[log: none yet: the program of ${which} has not begun, the job is ${job.state}; -f waits for it]`;
    case 'absent': {
      const why = reasonInWords(attempt ?? job);
      return `[log: none: the program of ${which} never began${job.outcome === undefined ? '' : `, the job is ${job.state}`}${why === '' ? '' : ` (${why})`}]`;
    }
  }
}
