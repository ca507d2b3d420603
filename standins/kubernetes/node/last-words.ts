// The message of a container that has ended: what it left for that, or the end of its log.
import type { ContainerLog } from '../log/container-log';
import { readLog } from '../log/read-log';
import type { Container } from '../model/pod';

/** The kubelet takes at most so much of the file, and of the log in its place. */
const MOST_BYTES = 4_096;
const LOG_BYTES = 2_048;
const LOG_LINES = 80;

/** Undefined where there is nothing to say. */
export function lastWordsOf(
  { terminationMessagePolicy }: Container,
  log: ContainerLog,
  exitCode: number,
  words: string | undefined,
): string | undefined {
  if (words !== undefined && words !== '') return words.slice(0, MOST_BYTES);
  if (terminationMessagePolicy !== 'FallbackToLogsOnError' || exitCode === 0) return undefined;
  const tail = readLog(log, { timestamps: false, tailLines: LOG_LINES });
  return tail.length === 0 ? undefined : tail.subarray(-LOG_BYTES).toString('utf8');
}
