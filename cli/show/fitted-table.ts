// A table that fits its terminal: long cells are shortened, then columns left out. A pipe or a file gets everything.
import { isTerminal, type Output } from '../host';
import { cut, table, width } from './table';

export interface Column {
  readonly heading: string;
  /** Its cells may be shortened to so many characters; left out: never. */
  readonly least?: number;
  /** Where shortening does not suffice the column goes, the lowest number first; left out: never. */
  readonly goes?: number;
}

const GAP_COLUMNS = 2;
const DEFAULT_COLUMNS = 80;

/** Lines of at most the terminal's width wherever that is possible; whole lines where the output is no terminal. */
export function fittedTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  output: Output,
): readonly string[] {
  const whole = table(
    columns.map(({ heading }) => heading),
    rows,
  );
  if (!isTerminal(output)) return whole;
  return fittedTo(columns, rows, output.columns ?? DEFAULT_COLUMNS).map((line) =>
    cut(line, output.columns ?? DEFAULT_COLUMNS),
  );
}

/** The same for a display that has so many columns. */
export function fittedTo(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  room: number,
): readonly string[] {
  const shown = columns.map((column, index) => ({
    column,
    cells: [column.heading, ...rows.map((row) => row[index] ?? '')],
  }));
  for (;;) {
    const widths = shortened(shown, room);
    const next = shown
      .filter(({ column }) => column.goes !== undefined)
      .sort((a, b) => (a.column.goes ?? 0) - (b.column.goes ?? 0))[0];
    if (taken(widths) > room && next !== undefined) {
      shown.splice(shown.indexOf(next), 1);
      continue;
    }
    const cells = shown.map(({ cells: all }, index) => all.map((cell) => cut(cell, widths[index] ?? 0)));
    const lineOf = (line: number): string[] => cells.map((column) => column[line] ?? '');
    return table(
      lineOf(0),
      rows.map((_, row) => lineOf(row + 1)),
    );
  }
}

interface Shown {
  readonly column: Column;
  readonly cells: readonly string[];
}

/** The widths of the columns, the widest that may be shortened first, until they fit or none can give more. */
function shortened(shown: readonly Shown[], room: number): readonly number[] {
  const widths = shown.map(({ cells }) => Math.max(...cells.map(width)));
  while (taken(widths) > room) {
    let widest = -1;
    for (const [index, { column }] of shown.entries()) {
      const isLonger = (widths[index] ?? 0) > (widths[widest] ?? 0);
      if (column.least !== undefined && (widths[index] ?? 0) > column.least && isLonger) widest = index;
    }
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function taken(widths: readonly number[]): number {
  return widths.reduce((sum, one) => sum + one, GAP_COLUMNS * Math.max(0, widths.length - 1));
}
