// A program's output made fit for a screen that is drawn on beside it.

/** Whole lines to be shown, and the line that is still being written. */
export interface TerminalText {
  /** The lines that these characters complete, without their ends. */
  add(text: string): string[];
  /** What the unfinished line shows now. */
  unfinished(): string;
}

/**
 * Control sequences but colours, and control characters but tabs, carriage returns and line feeds: they would move the
 * cursor.
 */
const MOVES =
  /\u001b\[[0-9;?]*[A-Zac-ln-z]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[^[\]]|[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f]/g;
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
  return (writings.at(-1) ?? '').replace(MOVES, '');
}
