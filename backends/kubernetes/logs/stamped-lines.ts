// A pod's log as the API serves it with timestamps: a time and one space before each line. Pure.

/** One line of the log. */
export interface StampedLine {
  /** RFC 3339, as served. The kubelet writes nine digits of a second, so that equal times are equal texts. */
  readonly stamp: string;
  /** As printed, with its line end unless there is none yet. */
  readonly text: Buffer;
}

/**
 * What has no time before it. The kubelet writes so of its own trouble. It is also the rest of a line that began before
 * the second from which the log was asked for (docs/facts/kubernetes.md#logs).
 */
interface UnstampedLine {
  readonly stamp?: undefined;
  readonly text: Buffer;
}

export type ServedLine = StampedLine | UnstampedLine;

export type ServedLog =
  | { readonly kind: 'lines'; readonly lines: readonly ServedLine[] }
  /** The answer is a text about the log instead, such as that of an evicted pod (docs/facts/kubernetes.md#logs). */
  | { readonly kind: 'no-log'; readonly says: string };

const LINE_END = '\n'.charCodeAt(0);
/** RFC 3339 with up to nine digits of a second, in UTC or with an offset; one space. */
const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) /;
/** Between date and time. Most lines of a long line's rest are told by it alone. */
const DATE_END = 'T'.charCodeAt(0);
const MOST_STAMP_BYTES = 40;
const MOST_SHOWN_CHARACTERS = 300;

/** `isCut`: the answer was limited, so its end may stand within a time. */
export function servedLog(body: Buffer, isCut = false): ServedLog {
  const lines: ServedLine[] = [];
  for (let from = 0; from < body.length;) {
    const end = body.indexOf(LINE_END, from);
    const to = end === -1 ? body.length : end + 1;
    const stamp = stampAt(body, from);
    if (stamp === undefined) lines.push({ text: body.subarray(from, to) });
    else lines.push({ stamp, text: body.subarray(from + stamp.length + 1, to) });
    from = to;
  }
  const isLog = isCut || lines.length === 0 || lines.some(isStamped);
  if (isLog) return { kind: 'lines', lines };
  return { kind: 'no-log', says: body.toString('utf8').trim().slice(0, MOST_SHOWN_CHARACTERS) };
}

/** The lines up to where the kubelet writes of its own trouble. */
export function untilUnstamped(lines: readonly ServedLine[]): readonly StampedLine[] {
  const end = lines.findIndex((line) => !isStamped(line));
  return (end === -1 ? lines : lines.slice(0, end)).filter(isStamped);
}

function isStamped(line: ServedLine): line is StampedLine {
  return line.stamp !== undefined;
}

function stampAt(body: Buffer, from: number): string | undefined {
  if (body[from + 10] !== DATE_END) return undefined;
  return STAMP.exec(body.toString('latin1', from, Math.min(body.length, from + MOST_STAMP_BYTES)))?.[1];
}

export function textOf(lines: readonly ServedLine[]): Buffer {
  return Buffer.concat(lines.map(({ text }) => text));
}

/** Bytes of the answer that these lines take, their times included. */
export function servedBytes(lines: readonly ServedLine[]): number {
  return lines.reduce(
    (sum, { stamp, text }) => sum + (stamp === undefined ? 0 : stamp.length + 1) + text.length,
    0,
  );
}
