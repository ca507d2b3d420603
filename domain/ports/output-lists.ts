// The port to the lists of outputs, one of each attempt, kept beside the rows because a row is too small for it.
import type { OutputList } from '../outputs/output-list';

export interface OutputLists {
  /** Keeps the list unless there is one, and resolves to the one that is kept. */
  keep(jobId: string, attempt: number, list: OutputList): Promise<OutputList>;
  /** Undefined is a definite absence. */
  get(jobId: string, attempt: number): Promise<OutputList | undefined>;
}
