// Aligned columns.
import { stripVTControlCharacters } from 'node:util';

const GAP = '  ';

/** `rows` below `heading`, columns as wide as their widest cell; nothing follows the last cell of a line. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ''))));
  return all.map((row) =>
    heading
      .map((_, column) => pad(row[column] ?? '', widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}

/** `name   value` lines, values aligned. */
export function pairs(
  rows: readonly (readonly [string, string])[],
  paintName = (name: string) => name,
): string[] {
  const widest = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${paintName(name.padEnd(widest))}${GAP}${value}`.trimEnd());
}

/** Columns that the text takes; colours take none. Counts code points: what we print is narrow. */
export function width(text: string): number {
  return Array.from(stripVTControlCharacters(text)).length;
}

/** The text cut to so many columns, an ellipsis marking the cut; a cut text loses its colours. */
export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  return `${Array.from(stripVTControlCharacters(text))
    .slice(0, Math.max(0, columns - 1))
    .join('')}…`;
}

function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}
