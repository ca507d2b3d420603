// Writes into an attempt's row, and into the terminal record, how far the completion of its log is.
import type { AttemptRow } from '../../domain/attempt/attempt';
import type { Completing, LogCompletion } from '../../domain/logs/log-completion';
import type { JobRecords, Versioned } from '../../domain/ports/job-store';
import { writeLastWord } from '../attempt/write-last-word';
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

/** The last word, in the row and in the terminal record. */
export async function settleCompletion(
  ports: CompletePorts,
  scene: LogScene,
  logCompletion: LogCompletion,
): Wrote {
  return writeLastWord(ports, scene, { logCompletion });
}
