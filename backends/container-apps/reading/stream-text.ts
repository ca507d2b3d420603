// The text of a log stream, as the program printed it. Pure.

/**
 * `2026-06-12T11:52:29.9041265Z stdout F text`: the time, the stream, and F for a whole line or P for a part of one
 * (docs/facts/container-apps.md#log-stream).
 */
const LINE = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)? (?:stdout|stderr) ([FP]) ?(.*)$/s;

/** What the stream says of itself before the program's lines. */
const ITS_OWN = /Connecting to the container|Successfully Connected to container/;

export interface StreamText {
  readonly text: string;
  /** Lines of the program, parts of lines included. */
  readonly lines: number;
}

export function streamText(stream: string): StreamText {
  const shown = stream.split('\n').filter((line) => line !== '');
  // Only its first two lines may be its own: a program may print the same words.
  const own = shown.slice(0, 2).filter((line) => !LINE.test(line) && ITS_OWN.test(line)).length;
  const lines = shown.slice(own);
  return { text: lines.map(printed).join(''), lines: lines.length };
}

/** A part of a line has no line end. A line in another form is shown as it is. */
function printed(line: string): string {
  const [, kind, text = ''] = LINE.exec(line) ?? [];
  if (kind === undefined) return `${line}\n`;
  return kind === 'P' ? text : `${text}\n`;
}
