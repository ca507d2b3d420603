// A piece of a log as rows of one height: lines, parts of long lines, and marks where bytes are missing. Pure.
import type { Gap } from '../../domain/logs/log-index';
import { lineStarts } from './bytes';

/** `at`: the offset in the log of what the row shows. */
export type Row =
  | { readonly kind: 'text'; readonly at: number; readonly text: string; readonly isContinued: boolean }
  | { readonly kind: 'gap'; readonly at: number; readonly gap: Gap };

/** Characters in a row. A longer line goes on in the next one: a line may have a megabyte. */
const LONGEST_ROW = 1_000;

/** `from`: the offset of these bytes in the log. Of the gaps, those that lie at or among the bytes are marked. */
export function rowsOf(bytes: Uint8Array, from: number, gaps: readonly Gap[]): Row[] {
  const textAt = textsOf(bytes);
  const starts = lineStarts(bytes);
  const rows: Row[] = [];
  const here = gaps.filter(({ at }) => at >= from && at <= from + bytes.length);
  let next = 0;
  starts.forEach((start, index) => {
    const end = starts[index + 1] ?? bytes.length;
    let begin = start;
    for (let gap = here[next]; gap !== undefined && gap.at < from + end; gap = here[next]) {
      if (gap.at > from + begin) rows.push(...textRows(textAt(begin, gap.at - from), from + begin));
      rows.push({ kind: 'gap', at: gap.at, gap });
      begin = gap.at - from;
      next += 1;
    }
    rows.push(...textRows(textAt(begin, end), from + begin));
  });
  rows.push(...here.slice(next).map((gap): Row => ({ kind: 'gap', at: gap.at, gap })));
  return rows;
}

/** The text between two offsets. Where each byte is a character, which is quick to tell, it is decoded once. */
function textsOf(bytes: Uint8Array): (begin: number, end: number) => string {
  const decoder = new TextDecoder();
  const whole = decoder.decode(bytes);
  if (whole.length === bytes.length) return (begin, end) => whole.slice(begin, end);
  return (begin, end) => decoder.decode(bytes.subarray(begin, end));
}

function textRows(line: string, at: number): Row[] {
  const text = line.replace(/\r?\n$/, '');
  if (text.length <= LONGEST_ROW) return [{ kind: 'text', at, text, isContinued: false }];
  const rows: Row[] = [];
  for (let begin = 0; begin < text.length;) {
    const end = Math.min(text.length, begin + LONGEST_ROW);
    // A surrogate pair is not torn: both halves would be shown as unreadable.
    const cut = end < text.length && /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end;
    rows.push({ kind: 'text', at, text: text.slice(begin, cut), isContinued: cut < text.length });
    begin = cut;
  }
  return rows;
}
