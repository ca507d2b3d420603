// The lines of an archived log, read a little at a time.
import type { LogArchive, LogRef } from '../../domain/ports/log-archive';

export interface ArchivedLine {
  /** A character for each byte, without the line's end. */
  readonly text: string;
  /** The offset of what follows it, bytes. */
  readonly next: number;
  /** It may be a piece of a line: something is missing before or after it, or it has no end. */
  readonly isCut: boolean;
}

const PART_BYTES = 1024 * 1024;
const NEWLINE = 10;

/** From an offset on. `breaks`: offsets at which something may be missing, ascending; no line goes on across one. */
export async function* archivedLines(
  archive: LogArchive,
  ref: LogRef,
  from: number,
  breaks: readonly number[] = [],
): AsyncGenerator<ArchivedLine, void> {
  const ahead = breaks.filter((at) => at > from);
  let isAfterBreak = breaks.includes(from);
  let at = from;
  let open: Buffer[] = [];
  const line = (last: Buffer, isEnded: boolean, isAtBreak: boolean): ArchivedLine => {
    at += last.length + (isEnded ? 1 : 0);
    const text = (open.length === 0 ? last : Buffer.concat([...open, last])).toString('latin1');
    open = [];
    const isCut = isAfterBreak || !isEnded;
    isAfterBreak = isAtBreak;
    return { text, next: at, isCut };
  };
  for (;;) {
    const { bytes } = await archive.read(ref, at, PART_BYTES);
    if (bytes.length === 0) break;
    for (let rest = bytes; rest.length > 0;) {
      const room = ahead[0] === undefined ? Infinity : ahead[0] - at;
      const newline = rest.indexOf(NEWLINE);
      const isEnded = newline !== -1 && newline < room;
      const length = isEnded ? newline : Math.min(rest.length, room);
      const part = rest.subarray(0, length);
      rest = rest.subarray(isEnded ? length + 1 : length);
      const isAtBreak = length + (isEnded ? 1 : 0) === room;
      if (isAtBreak) ahead.shift();
      if (isEnded || isAtBreak) yield line(part, isEnded, isAtBreak);
      else {
        open.push(part);
        at += part.length;
      }
    }
  }
  if (open.length > 0) yield line(Buffer.alloc(0), false, false);
}
