// The port to the hints: added before the rows that they point at, removed after them, and verified against the job's
// rows.
import type { GpuRequest } from '../spec/gpu';

/** A waiting row: its key sorts by the time from which the attempt may be admitted. */
export interface WaitingHint {
  readonly key: string;
  readonly jobId: string;
  /** The attempt that waits: one more than the highest admitted. */
  readonly attempt: number;
  /** When the hint was written, epoch milliseconds. */
  readonly writtenAt: number;
  /**
   * What lets the dispatcher pass over a job that has no chance, without reading it. Absent in hints of earlier
   * versions.
   */
  readonly wants?: HintedWants | undefined;
}

export interface HintedWants {
  readonly placements: readonly string[];
  readonly gpu?: GpuRequest | undefined;
  readonly concurrencyKey?: string | undefined;
  /** Its group, where only so many of it run at once. */
  readonly group?: string | undefined;
  /** When its queued deadline passes, epoch milliseconds. */
  readonly until: number;
}

/**
 * How long to keep a submission's leftovers if its job's row was never inserted, milliseconds. The submission may be
 * repeated until then (protocol §2).
 */
export const ORPHANED_AFTER_MS = 24 * 60 * 60_000;

export interface HintStore {
  addWaiting(hint: WaitingHint): Promise<void>;
  /** Oldest first. */
  listWaiting(): Promise<readonly WaitingHint[]>;
  removeWaiting(key: string): Promise<void>;

  /** Adds a job to the index. Every repetition of its submission writes it again. */
  addJob(jobId: string): Promise<void>;
  /** The index: every job that may still need work. */
  listUnfinished(): Promise<readonly string[]>;
  removeUnfinished(jobId: string): Promise<void>;
  /** Removes the job only if it was not written since this instant (epoch milliseconds) nor while this call runs. */
  removeUnfinishedWrittenBefore(jobId: string, instant: number): Promise<void>;
}
