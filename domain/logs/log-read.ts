// One answer of a platform to the question what a program has printed.
import type { GapKind } from './log-index';
import type { LogWindow } from './log-window';

export type LogRead = LogWindow | LogContinuation | NoLog;

/** What the platform has after the cursor that was asked for, without one all that it has; or a first portion of it. */
export interface LogContinuation {
  readonly kind: 'after';
  /** As printed. */
  readonly bytes: Buffer;
  /**
   * The position after the last of these bytes, at most `MAX_POSITION_CHARACTERS`. It stays as before if nothing
   * follows.
   */
  readonly position: string;
  /** Where the bytes begin when not at the cursor: none was given, or the platform no longer shows what follows it. */
  readonly begins?: LogBeginning;
  /** The platform has more after these bytes already: ask again from their position. */
  readonly hasMore: boolean;
  /** At the pace of late, what is printed from now on may be gone after so long, milliseconds. */
  readonly keptMs?: number;
}

export interface LogBeginning {
  /** The position before the first of the bytes. */
  readonly position: string;
  /** Left out: these bytes are the first ones that the program printed. */
  readonly hole?: LogHole;
}

/** Why text before the bytes is not shown. */
export interface LogHole {
  /**
   * - `missing`: what followed the cursor is gone, and these bytes come after it.
   * - `not-provable`: these bytes may begin before, at or after the cursor. Without a cursor, they may not begin at the
   *   log's beginning.
   * - `restarted`: the log that the cursor belongs to is over, and these bytes begin the log of the next start.
   */
  readonly kind: Exclude<GapKind, 'unavailable'>;
  /** Bytes missing, where that is known. */
  readonly missingBytes?: number;
  /** A sentence for a person. */
  readonly why: string;
}

/** Not yet, or not now: says nothing about the log. */
export interface NoLog {
  readonly kind: 'unavailable';
  readonly why: string;
}
