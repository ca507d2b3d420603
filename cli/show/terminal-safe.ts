// Untrusted text made fit for a terminal: programs, registries and platforms write logs, names and messages.

/**
 * Each escape sequence (ECMA-48), whole or broken off, and each control character but tab, line feed and carriage
 * return; the one-byte forms of the sequences, which some terminals follow, too; and what reorders a line's text.
 */
const CONTROLS =
  /\u001b(?:\[[ -?]*[@-~]?|[\]PX^_][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|[ -/]*[0-~]?)|[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f]|[\u202a-\u202e\u2066-\u2069]/g;
const COLOUR = /^\u001b\[[0-9;:]*m$/;
const COLOURS = /\u001b\[[0-9;:]*m/g;
const REORDERS = /^[\u202a-\u202e\u2066-\u2069]$/;
/** At a text's end: a sequence that may go on in what follows. */
const BROKEN_OFF = /\u001b(?:\[[ -?]*|[\]PX^_][^\u0007\u001b\n]*|[ -/]*)$/;
/** A longer one is dropped as it is, characters. */
const LONGEST_SEQUENCE = 4_096;

const RESET = '\u001b[0m';

/**
 * Colours, tabs and line ends stay. Characters that reorder text are shown as `\u202e`. Everything else that a terminal
 * would act on is dropped: it moves the cursor, sets titles, hides where links lead, has the terminal type answers.
 */
export function terminalSafe(text: string): string {
  return text.replace(CONTROLS, (control) => {
    if (COLOUR.test(control)) return control;
    return REORDERS.test(control) ? `\\u${control.charCodeAt(0).toString(16)}` : '';
  });
}

/** The same for one line of our own that quotes such text: a carriage return would let it write over our words. */
export function safeLines(text: string): string {
  return terminalSafe(text).replaceAll('\r', '\\r');
}

/** Ends the colours that a text leaves on. */
export function withColoursEnded(text: string): string {
  const last = text.match(COLOURS)?.at(-1);
  return last === undefined || /^\u001b\[0?m$/.test(last) ? text : `${text}${RESET}`;
}

/** `terminalSafe` of a text that comes in parts, cut anywhere. `end` tells what ends the colours that are on. */
export function createSafeStream(): { readonly add: (part: string) => string; readonly end: () => string } {
  let rest = '';
  let colour = '';
  return {
    add: (part) => {
      const text = rest + part;
      const begun = BROKEN_OFF.exec(text)?.[0] ?? '';
      rest = begun.length > LONGEST_SEQUENCE ? '' : begun;
      const safe = terminalSafe(rest === '' ? text : text.slice(0, -rest.length));
      colour = safe.match(COLOURS)?.at(-1) ?? colour;
      return safe;
    },
    end: () => withColoursEnded(colour).slice(colour.length),
  };
}
