// The port to the archive of logs: bytes that are only ever appended, and an index that tells where some are missing.
import type { LogCursor } from '../logs/log-cursor';
import type { Gap, LogGeneration, LogIndex } from '../logs/log-index';

/** One container's log of one attempt. */
export interface LogRef {
  readonly jobId: string;
  readonly attempt: number;
  readonly container: string;
  /** 1, or left out: the log as it was archived while the program ran. Others are whole logs, written afterwards. */
  readonly generation?: number | undefined;
}

/** What is to be added at the archive's end. */
export interface LogAddition {
  readonly bytes: Buffer;
  /** A gap at the archive's end, before these bytes. */
  readonly gap?: Gap;
  /** Of a platform that serves its log by position: where this text stands in it. */
  readonly positions?: LogPositions;
}

export interface LogPositions {
  /**
   * The position before the bytes, when they do not go on at the archive's cursor. It is stored before them, with the
   * gap if there is one, so that a cursor never lags behind a gap.
   */
  readonly begin?: string;
  /** The position after the bytes. It is stored after them, so that a cursor never leads. */
  readonly end: string;
}

/** The archive's end as it was read. */
export interface LogEnd {
  /** Bytes archived. */
  readonly length: number;
  /** The last bytes, at most a few tens of KB. */
  readonly tail: Buffer;
  /** All gaps recorded so far. */
  readonly gaps: readonly Gap[];
  /** The newest one stored. It may lag behind the archive's end, by an append whose writer died; it never leads. */
  readonly cursor: LogCursor | undefined;
  /** The last `bytes` bytes, or all when there are fewer. */
  moreTail(bytes: number): Promise<Buffer>;
  /**
   * Adds at this end. `changed`: the archive no longer stands as this end says and nothing was added, or only a part
   * of it; read again. Whoever adds must have read this end before the window that the addition comes from (S8).
   */
  append(addition: LogAddition): Promise<LogEnd | 'changed'>;
}

/** A part of an archived log. */
interface LogPart {
  readonly bytes: Buffer;
  /** Read after the bytes: it knows all gaps before and among them. */
  readonly index: LogIndex;
}

export interface LogArchive {
  /** `remembered` may be older than the archive (an append on it then fails); `fresh` is read now. */
  end(ref: LogRef, how: 'remembered' | 'fresh'): Promise<LogEnd>;
  /** Notes that nobody will look at this log again. */
  close(ref: LogRef): Promise<LogIndex>;
  /** Notes in the index of the first generation what another one is, in place of what it says of that one. */
  note(ref: LogRef, generation: LogGeneration): Promise<void>;
  /** At most `maxBytes` bytes from the absolute offset `from`; empty at or beyond the end. */
  read(ref: LogRef, from: number, maxBytes: number): Promise<LogPart>;
  /** Where the log's blobs lie, in order; empty when nothing is archived. */
  urls(ref: LogRef): Promise<readonly string[]>;
}
