// The port to the indexes: hints, added before and removed after what they point at, verified against the job's rows.
import type { GpuRequest } from '../spec/gpu';

/** A waiting row: its key sorts by the time from which the attempt may be admitted. */
export interface WaitingHint {
  readonly key: string;
  readonly jobId: string;
  /** The attempt that waits: one more than the highest admitted. */
  readonly attempt: number;
  /** When the hint was written, epoch milliseconds. */
  readonly writtenAt: number;
  /** What lets a job be passed over unread while it has no chance; absent in hints of earlier versions. */
  readonly wants?: HintedWants | undefined;
}

export interface HintedWants {
  readonly placements: readonly string[];
  readonly gpu?: GpuRequest | undefined;
  readonly concurrencyKey?: string | undefined;
  /** When its queued deadline passes, epoch milliseconds. */
  readonly until: number;
}

/** What a submission leaves when its job's row never came is kept so long, milliseconds: it may be repeated (protocol §2). */
export const ORPHANED_AFTER_MS = 24 * 60 * 60_000;

export interface HintStore {
  addWaiting(hint: WaitingHint): Promise<void>;
  /** Oldest first. */
  listWaiting(): Promise<readonly WaitingHint[]>;
  removeWaiting(key: string): Promise<void>;

  /** Into the index; written again by whoever repeats a submission. */
  addJob(jobId: string): Promise<void>;
  /** The index: every job that may still need somebody. */
  listUnfinished(): Promise<readonly string[]>;
  removeUnfinished(jobId: string): Promise<void>;
  /** Only if nobody has put it in, or again, since this instant (epoch milliseconds) or while this call runs. */
  removeUnfinishedWrittenBefore(jobId: string, instant: number): Promise<void>;
}
