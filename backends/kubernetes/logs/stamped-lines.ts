// A pod's log as the API serves it with timestamps: a time and one space before each line. Pure.

/** One line of the log. */
export interface StampedLine {
  /** Nanoseconds since the epoch. */
  readonly at: bigint;
  /** As printed, with its line end unless there is none yet. */
  readonly text: Buffer;
}

export type ServedLog =
  | { readonly kind: 'lines'; readonly lines: readonly StampedLine[] }
  /** The answer is a text about the log instead, such as that of an evicted pod (docs/facts/kubernetes.md#logs). */
  | { readonly kind: 'no-log'; readonly says: string };

const LINE_END = '\n'.charCodeAt(0);
/** RFC 3339 with up to nine digits of a second, in UTC or with an offset; one space. */
const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d) /;
const MOST_STAMP_BYTES = 40;
const MOST_SHOWN_CHARACTERS = 300;
const MS = 1_000_000n;

/**
 * `isCut`: the answer was limited, so its end may stand within a time. What begins without a time is no line: the
 * kubelet writes of its own trouble there. The lines before it count.
 */
export function stampedLines(body: Buffer, isCut = false): ServedLog {
  const lines: StampedLine[] = [];
  for (let from = 0; from < body.length;) {
    const end = body.indexOf(LINE_END, from);
    const line = body.subarray(from, end === -1 ? body.length : end + 1);
    const stamped = stampedLine(line);
    if (stamped === undefined) return beside(lines, line, isCut);
    lines.push(stamped);
    from += line.length;
  }
  return { kind: 'lines', lines };
}

function beside(lines: readonly StampedLine[], line: Buffer, isCut: boolean): ServedLog {
  if (lines.length > 0 || isCut) return { kind: 'lines', lines };
  return { kind: 'no-log', says: line.toString('utf8').trim().slice(0, MOST_SHOWN_CHARACTERS) };
}

function stampedLine(line: Buffer): StampedLine | undefined {
  const match = STAMP.exec(line.subarray(0, MOST_STAMP_BYTES).toString('latin1'));
  if (match === null) return undefined;
  const [stamp, second = '', fraction = '', zone = 'Z'] = match;
  const ms = Date.parse(`${second}${zone}`);
  if (Number.isNaN(ms)) return undefined;
  return { at: BigInt(ms) * MS + BigInt(fraction.padEnd(9, '0')), text: line.subarray(stamp.length) };
}

export function isEnded({ text }: StampedLine): boolean {
  return text.at(-1) === LINE_END;
}
