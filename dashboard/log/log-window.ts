// The part of a log that the page holds: pieces that follow one another, of a few megabytes in all. Pure.
import type { Gap } from '../../domain/logs/log-index';
import { cutInto, joined, lastLineStart } from './bytes';
import { type Row, rowsOf } from './rows';

interface Piece {
  readonly from: number;
  readonly bytes: Uint8Array;
  readonly rows: readonly Row[];
}

export interface LogWindow {
  readonly pieces: readonly Piece[];
  readonly from: number;
  /** Behind the last byte. */
  readonly to: number;
}

interface Part {
  readonly from: number;
  readonly bytes: Uint8Array;
  readonly gaps: readonly Gap[];
}

const PIECE_BYTES = 256 * 1024;
/** A line that is still being written is read again as it grows, up to so many bytes. */
const LONGEST_OPEN_LINE = 1024 * 1024;
const MOST_BYTES = 4 * 1024 * 1024;
/** A browser draws nothing that is some ten million pixels high. */
const MOST_ROWS = 200_000;

export function windowOf(part: Part): LogWindow {
  return windowFrom(piecesOf(part), part.from, part.from + part.bytes.length);
}

/** With what follows. Where that would be too much, the oldest pieces go. A part that does not follow replaces all. */
export function appended(window: LogWindow, part: Part): LogWindow {
  if (part.from !== window.to) return windowOf(part);
  const last = window.pieces.at(-1);
  if (last === undefined) return windowOf(part);
  const open = lastLineStart(last.bytes);
  const isSmall = last.bytes.length < PIECE_BYTES / 4;
  const from = isSmall ? 0 : open;
  const tail = last.bytes.subarray(from);
  const isReread = tail.length <= LONGEST_OPEN_LINE;
  const kept = isReread ? [...window.pieces.slice(0, -1), ...pieceBefore(last, from)] : window.pieces;
  const again = isReread
    ? {
        from: last.from + from,
        bytes: joined([tail, part.bytes]),
        gaps: [...gapsFrom(last, from), ...part.gaps],
      }
    : part;
  const pieces = [...kept, ...piecesOf(again)];
  while (isTooMuch(pieces)) pieces.shift();
  return windowFrom(pieces, pieces[0]?.from ?? part.from, part.from + part.bytes.length);
}

/** With what comes before. Where that would be too much, the newest pieces go. */
export function prepended(window: LogWindow, part: Part): LogWindow {
  if (part.from + part.bytes.length !== window.from) return windowOf(part);
  const [first, ...others] = window.pieces;
  if (first === undefined) return windowOf(part);
  // The part may end within a line, whose other half begins the first piece.
  const open = lastLineStart(part.bytes);
  const joint =
    open === part.bytes.length || part.bytes.length - open > LONGEST_OPEN_LINE
      ? [...piecesOf(part), first]
      : [
          ...piecesOf({
            ...part,
            bytes: part.bytes.subarray(0, open),
            gaps: part.gaps.filter(({ at }) => at < part.from + open),
          }),
          ...piecesOf({
            from: part.from + open,
            bytes: joined([part.bytes.subarray(open), first.bytes]),
            gaps: [...part.gaps.filter(({ at }) => at >= part.from + open), ...gapsFrom(first, 0)],
          }),
        ];
  const pieces = [...joint, ...others];
  while (isTooMuch(pieces)) pieces.pop();
  const last = pieces.at(-1);
  return windowFrom(pieces, part.from, last === undefined ? window.to : last.from + last.bytes.length);
}

export function rowsIn({ pieces }: LogWindow): readonly Row[] {
  return pieces.flatMap(({ rows }) => rows);
}

function windowFrom(pieces: readonly Piece[], from: number, to: number): LogWindow {
  return { pieces, from, to };
}

function piecesOf({ from, bytes, gaps }: Part): Piece[] {
  if (bytes.length === 0) return gaps.length === 0 ? [] : [{ from, bytes, rows: rowsOf(bytes, from, gaps) }];
  let at = from;
  const parts = cutInto(bytes, PIECE_BYTES);
  return parts.map((part, index) => {
    const [begin, end] = [at, at + part.length];
    at = end;
    // A gap at the very end belongs to the piece only where no other follows.
    const own = gaps.filter(({ at: gap }) => gap >= begin && (gap < end || index === parts.length - 1));
    return { from: begin, bytes: part, rows: rowsOf(part, begin, own) };
  });
}

function pieceBefore({ from, bytes, rows }: Piece, end: number): Piece[] {
  if (end === 0) return [];
  return [{ from, bytes: bytes.subarray(0, end), rows: rows.filter(({ at }) => at < from + end) }];
}

function gapsFrom({ from, rows }: Piece, begin: number): Gap[] {
  return rows.flatMap((row) => (row.kind === 'gap' && row.at >= from + begin ? [row.gap] : []));
}

function isTooMuch(pieces: readonly Piece[]): boolean {
  const bytes = pieces.reduce((sum, piece) => sum + piece.bytes.length, 0);
  const rows = pieces.reduce((sum, piece) => sum + piece.rows.length, 0);
  return pieces.length > 1 && (bytes > MOST_BYTES || rows > MOST_ROWS);
}
