// Finds out whether all that a program's log showed while it ran is in the generation that was written afterwards.
import { createLineWindow, type LineWindow } from '../../domain/logs/line-window';
import type { LogArchive, LogRef } from '../../domain/ports/log-archive';
import { type ArchivedLine, archivedLines } from './archived-lines';

/** Up to where, in bytes of either generation. */
interface Compared {
  readonly first: number;
  readonly full: number;
}

export interface CompareInput {
  readonly archive: LogArchive;
  readonly first: LogRef;
  readonly full: LogRef;
  readonly from: Compared;
  readonly mayGoOn: () => boolean;
}

export type Comparison =
  | { readonly kind: 'all' }
  | { readonly kind: 'more'; readonly compared: Compared }
  /** A line of the first generation, at this offset, is not in the other. */
  | { readonly kind: 'lacks'; readonly at: number; readonly line: string };

/** How often the clock is asked, lines. */
const LINES_A_LOOK = 1_000;
/** So much before the place that was reached is read again, bytes: lines of one instant have no order. */
const AGAIN_BYTES = 4 * 1024 * 1024;

/**
 * Line by line, each as often as the first generation has it, within a window of bounded memory. Where the full one
 * holds repeated lines once (`storedText`), or the first one holds text twice, a line that is there at all will do.
 * Of a line that the first generation has a piece of, the piece will do.
 */
export async function compareGenerations(input: CompareInput): Promise<Comparison> {
  const { archive, first, full, from, mayGoOn } = input;
  const { gaps } = await archive.end(first, 'fresh');
  const doubts = (await archive.end(full, 'fresh')).gaps;
  const isLenient = doubts.length > 0 || gaps.some(({ kind }) => kind === 'restarted');
  const breaks = [...new Set(gaps.map(({ at }) => at))];
  const ahead = await openAhead(archive, full, from.full);
  let reached = from.first;
  let looks = 0;
  const isTimeUp = (): boolean => (looks += 1) % LINES_A_LOOK === 0 && !mayGoOn();
  for await (const line of archivedLines(archive, first, reached, breaks)) {
    if (!(await isFound(line, ahead, isLenient, isTimeUp))) {
      if (ahead.isOver()) return { kind: 'lacks', at: reached, line: shown(line.text) };
      return { kind: 'more', compared: { first: reached, full: ahead.at() } };
    }
    reached = line.next;
    if (isTimeUp()) return { kind: 'more', compared: { first: reached, full: ahead.at() } };
  }
  return { kind: 'all' };
}

/** The fuller log, read as far as it is needed. */
interface Ahead {
  readonly window: LineWindow;
  /** The next line, added to the window; undefined at the end. */
  next(): Promise<string | undefined>;
  at(): number;
  isOver(): boolean;
}

async function openAhead(archive: LogArchive, full: LogRef, reached: number): Promise<Ahead> {
  const window = createLineWindow();
  const start = Math.max(0, reached - AGAIN_BYTES);
  const lines = archivedLines(archive, full, start);
  // It may begin in the middle of a line.
  if (start > 0) await lines.next();
  let at = start;
  let isOver = false;
  const next = async (): Promise<string | undefined> => {
    const read = await lines.next();
    if (read.done === true) {
      isOver = true;
      return undefined;
    }
    window.add(read.value.text);
    at = read.value.next;
    return read.value.text;
  };
  while (at < reached && (await next()) !== undefined);
  return { window, next, at: () => at, isOver: () => isOver };
}

async function isFound(
  { text, isCut }: ArchivedLine,
  ahead: Ahead,
  isLenient: boolean,
  isTimeUp: () => boolean,
): Promise<boolean> {
  if (isCut && text === '') return true;
  const { window } = ahead;
  if (window.take(text) || (isLenient && window.has(text)) || (isCut && window.hasPiece(text))) return true;
  while (!isTimeUp()) {
    const next = await ahead.next();
    if (next === undefined) return false;
    if (next === text) return window.take(text);
    if (isCut && next.includes(text)) return true;
  }
  return false;
}

/** For a message. */
function shown(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8').slice(0, 200);
}
