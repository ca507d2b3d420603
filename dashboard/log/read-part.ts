// A part of a log, and how one is asked for.
import type { Gap } from '../../domain/logs/log-index';

export interface LogPart {
  readonly from: number;
  readonly bytes: Uint8Array;
  /** Gaps before or among these bytes; at the end of a final part, behind them. */
  readonly gaps: readonly Gap[];
  /** Nothing follows, now or later. */
  readonly isFinal: boolean;
}

interface PartWanted {
  readonly from?: number;
  /** Instead of `from`: so many lines before the end. */
  readonly tail?: number;
  /** Seconds to wait for bytes where there are none yet. */
  readonly waitS?: number;
  /** What comes after so many bytes is not read. */
  readonly most?: number;
  readonly signal?: AbortSignal | undefined;
}

export type ReadPart = (wanted: PartWanted) => Promise<LogPart>;
