// A program's output made fit for a screen that is drawn on beside it.
import { terminalSafe, withColoursEnded } from '../show/terminal-safe';

/** Whole lines to be shown, and the line that is still being written. */
export interface TerminalText {
  /** The lines that these characters complete, without their ends. */
  add(text: string): string[];
  /** What the unfinished line shows now. */
  unfinished(): string;
}

/** Longest unfinished line that is kept, characters: a progress bar is far shorter. */
const MAX_UNFINISHED = 16_384;

export function createTerminalText(): TerminalText {
  let rest = '';
  return {
    add: (text) => {
      const lines = (rest + text).split('\n');
      rest = (lines.pop() ?? '').slice(-MAX_UNFINISHED);
      return lines.map(shown);
    },
    unfinished: () => shown(rest),
  };
}

/** A carriage return writes over the line from its start, as progress bars do: the last writing stays. */
function shown(line: string): string {
  const writings = line.split('\r').filter((writing) => writing !== '');
  return withColoursEnded(terminalSafe(writings.at(-1) ?? ''));
}
