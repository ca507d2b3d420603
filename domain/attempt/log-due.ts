// What becomes of an attempt's log once its workload is to be removed.
import { completionOf } from '../logs/log-completion';
import type { LogSources } from '../logs/log-sources';
import type { AttemptRow } from './attempt';
import { mayHaveStarted } from './program-start';

/** Whether a program may have printed anything: one that never started has no log. */
export function mayHaveLog(row: Pick<AttemptRow, 'seen' | 'startShown' | 'startPossible'>): boolean {
  return row.seen && mayHaveStarted(row);
}

/** The row whose removal is due: its live log is all that it will be, and may be completed from now on. */
export function withRemovalDue(row: AttemptRow, sources: LogSources | undefined, now: number): AttemptRow {
  const logCompletion = row.logCompletion ?? (mayHaveLog(row) ? completionOf(sources, now) : undefined);
  return { ...row, cleanup: 'due', ...(logCompletion === undefined ? {} : { logCompletion }) };
}
