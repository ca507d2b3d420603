// Where the last lines of an archived log begin.
import type { LogArchive, LogRef } from '../../domain/ports/log-archive';

/** As much as one answer holds, so that a log without line breaks is not read whole. */
const LOOKED_AT_BYTES = 4 * 1024 * 1024;
const FIRST_BYTES = 64 * 1024;
const NEWLINE = 10;

/**
 * The byte offset from which `lines` lines are left; 0 where the log has no more. Only the last 4 MiB are searched. If
 * they hold too few line breaks, the offset is where they begin.
 */
export async function tailOffset(archive: LogArchive, ref: LogRef, lines: number): Promise<number> {
  const end = await archive.end(ref, 'fresh');
  if (lines === 0) return end.length;
  for (let bytes = FIRST_BYTES; ; bytes *= 4) {
    const tail = await end.moreTail(Math.min(bytes, LOOKED_AT_BYTES));
    const start = end.length - tail.length;
    const at = startOfLast(tail, lines);
    if (at !== undefined) return start + at;
    if (start === 0 || bytes >= LOOKED_AT_BYTES) return start;
  }
}

/** Where the last `lines` lines begin in the bytes; undefined where a beginning is not among them. */
function startOfLast(bytes: Buffer, lines: number): number | undefined {
  // A line break at the very end ends the last line and begins none.
  let at = bytes.length - 1;
  for (let left = lines; left > 0; left -= 1) {
    if (at <= 0) return undefined;
    at = bytes.lastIndexOf(NEWLINE, at - 1);
    if (at < 0) return undefined;
  }
  return at + 1;
}
