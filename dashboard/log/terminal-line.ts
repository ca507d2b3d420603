// A line as a terminal shows it: what carriage returns and backspaces write over is gone, colours stay. Pure.
import { terminalSafe } from '../../cli/show/terminal-safe';

const TOKEN = /\u001b\[([0-9;:]*)([A-Za-z])|\r|\u0008|[^]/gu;
const NEEDS_WORK = /[\r\u0008]|\u001b\[[0-9;]*[KG]/;

interface Cell {
  readonly character: string;
  /** The colours in force, as the sequences that set them. */
  readonly colours: string;
}

/** The text that stays to be seen, with colours as escape sequences and without any other. */
export function terminalLine(line: string): string {
  return terminalSafe(NEEDS_WORK.test(line) ? overwritten(line) : line);
}

function overwritten(line: string): string {
  const cells: Cell[] = [];
  let at = 0;
  let colours = '';
  for (const [token, parameters = '', command] of line.matchAll(TOKEN)) {
    if (token === '\r') at = 0;
    else if (token === '\u0008') at = Math.max(0, at - 1);
    else if (command === 'm') colours = /^0*$/.test(parameters) ? '' : colours + token;
    else if (command === 'G') at = Math.min(cells.length, Math.max(0, Number(parameters || 1) - 1));
    else if (command === 'K') erase(cells, at, parameters);
    else if (command === undefined) cells[at++] = { character: token, colours };
  }
  return textOf(cells);
}

/** Erase in line (ECMA-48): to its end, to its beginning, all of it. */
function erase(cells: Cell[], at: number, parameters: string): void {
  const blank = { character: ' ', colours: '' };
  if (parameters === '' || parameters === '0') cells.length = Math.min(cells.length, at);
  else cells.fill(blank, 0, parameters === '1' ? Math.min(at + 1, cells.length) : cells.length);
}

function textOf(cells: readonly Cell[]): string {
  let colours = '';
  let text = '';
  for (const cell of cells) {
    if (cell.colours !== colours) text += `\u001b[0m${cell.colours}`;
    colours = cell.colours;
    text += cell.character;
  }
  return text;
}
