// What rows of a log store make of a log: each line once, and whatever the rows can't tell told.
import type { StoredLine } from '../ports/log-store';

export interface StoredText {
  readonly bytes: Buffer;
  /** From `at` on, an offset among these bytes, the rows do not tell for certain what was printed. */
  readonly doubt?: { readonly at: number; readonly why: string };
}

/**
 * The text of some rows, all rows of each of their instants among them (`StoredPortion`). Rows of one instant, stream
 * and text are one line: the store may hold a row twice, and then shows the same as a program that prints a line again.
 * Rows that may go on are joined with the next of their stream.
 */
export function storedText(lines: readonly StoredLine[]): StoredText {
  const parts: Buffer[] = [];
  let length = 0;
  let doubtAt: number | undefined;
  let repeated = 0;
  let joined = 0;
  let instant: string | undefined;
  let shown = new Set<string>();
  for (const { at, stream, text, mayGoOn = false } of lines) {
    if (at !== instant) shown = new Set();
    instant = at;
    const key = `${stream} ${text}`;
    const isRepeated = shown.has(key);
    shown.add(key);
    if (isRepeated) repeated += 1;
    if (mayGoOn) joined += 1;
    if (isRepeated || mayGoOn) doubtAt ??= length;
    if (isRepeated) continue;
    const part = Buffer.from(mayGoOn ? text : `${text}\n`, 'utf8');
    parts.push(part);
    length += part.length;
  }
  const bytes = Buffer.concat(parts, length);
  return doubtAt === undefined ? { bytes } : { bytes, doubt: { at: doubtAt, why: why(repeated, joined) } };
}

function why(repeated: number, joined: number): string {
  return [
    ...(repeated === 0
      ? []
      : [
          `The store has ${rows(repeated)} that repeat a line of the same instant: printed again or stored twice. Each such line stands here once.`,
        ]),
    ...(joined === 0
      ? []
      : [
          `The store has ${rows(joined)} of the greatest length. They are joined with the row after them, and a line end may be missing.`,
        ]),
  ].join(' ');
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}
