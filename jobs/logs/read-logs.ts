// Reads an archived log by byte offset, with what is known of its gaps.
import { type Gap, gapsOf } from '../../domain/logs/log-index';
import type { LogArchive, LogRef } from '../../domain/ports/log-archive';

export interface LogSlice {
  readonly bytes: Buffer;
  /** Where to go on reading. */
  readonly next: number;
  /**
   * Gaps before or among these bytes and, once the log is final, at its end; each is shown once to a reader that goes
   * on at `next`.
   */
  readonly gaps: readonly Gap[];
  /** Nothing follows, now or later. */
  readonly final: boolean;
}

/** At most `maxBytes` bytes of the log from the byte offset `from`. */
export async function readLogs(
  archive: LogArchive,
  ref: LogRef,
  { from, maxBytes }: { from: number; maxBytes: number },
): Promise<LogSlice> {
  const { bytes, index } = await archive.read(ref, from, maxBytes);
  const next = from + bytes.length;
  const final = index.closed !== undefined && next >= index.closed.length && bytes.length < maxBytes;
  const length = index.closed === undefined ? Infinity : Math.max(index.closed.length, next);
  const gaps = gapsOf(index.gaps, length).filter(
    ({ at }) => at >= from && (at < next || (final && at === next)),
  );
  return { bytes, next, gaps, final };
}
