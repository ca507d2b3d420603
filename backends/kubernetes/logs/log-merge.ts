// What of a served log follows a position. Pure.
import type { LogContinuation, LogHole } from '../../../domain/logs/log-read';
import { beginningOf, type LogPosition, positionOf, positionText } from './log-position';
import { isEnded, type StampedLine } from './stamped-lines';

/** What was served of the log of one start of a container. */
export interface ServedLines {
  readonly incarnation: string;
  /** From the position's second on, where a position of this start was given; all otherwise. */
  readonly lines: readonly StampedLine[];
  /** When the container started, epoch milliseconds. */
  readonly startedAt: number | undefined;
}

const MS = 1_000_000n;
const SECOND = 1_000_000_000n;
/**
 * The two streams of a program are stamped side by side and written one after the other. So a line may be a little
 * older than the one before it, by less than a second.
 */
const DISORDER = SECOND;

/** The kubelet rotates a log that is larger, bytes (docs/facts/kubernetes.md#logs). */
const ROTATED_BEYOND = 10_000_000n;
/** It looks for one so often. */
const ROTATION_LOOK = 10n * SECOND;

/** The second to ask from, epoch seconds; undefined: all of the log. */
export function askedFrom(position: string | undefined, incarnation: string): number | undefined {
  if (position === undefined) return undefined;
  const { since, ...known } = positionOf(position);
  return known.incarnation === incarnation && since > 0 ? since : undefined;
}

export function mergedLog(served: ServedLines, position: string | undefined): LogContinuation {
  if (position === undefined) return anew(served, mayLackItsBeginning(served));
  const known = positionOf(position);
  if (known.incarnation !== served.incarnation)
    return anew(served, { kind: 'restarted', why: 'The log is that of another start of the program.' });
  const { lines } = served;
  // The lines that were taken are not shown at all: an answer about some other moment, or a file that is still empty.
  if (lines.length === 0) return { kind: 'after', bytes: Buffer.alloc(0), position };
  if (!isSame(lines, known)) return rotated(served, known);
  const bytes = textOf(lines.slice(known.taken)).subarray(known.part);
  if (bytes.length === 0) return { kind: 'after', bytes, position };
  return { kind: 'after', bytes, position: positionText(positionAfter(lines, known)) };
}

/** Whether the first lines served are those that were taken. */
function isSame(lines: readonly StampedLine[], { taken, last, part }: LogPosition): boolean {
  if (part > (lines[taken]?.text.length ?? 0)) return false;
  if (taken === 0) return true;
  const line = lines[taken - 1];
  return line?.at === last && isEnded(line);
}

/**
 * The kubelet serves the newest file of the log alone. What was printed into the older one after the last look is gone,
 * and of this one nothing is archived yet.
 */
function rotated({ incarnation, lines }: ServedLines, { since }: LogPosition): LogContinuation {
  const why = 'The log was rotated: what was printed between the last look and the rotation is gone.';
  const begins = { ...beginningOf(incarnation), since };
  return begunAt(begins, lines, { kind: 'missing', why });
}

function anew({ incarnation, lines }: ServedLines, hole: LogHole | undefined): LogContinuation {
  return begunAt(beginningOf(incarnation), lines, hole);
}

function begunAt(
  begins: LogPosition,
  lines: readonly StampedLine[],
  hole: LogHole | undefined,
): LogContinuation {
  return {
    kind: 'after',
    bytes: textOf(lines),
    position: positionText(positionAfter(lines, begins)),
    begins: { position: positionText(begins), ...(hole === undefined ? {} : { hole }) },
  };
}

/** `lines`: all from the known second on. */
function positionAfter(lines: readonly StampedLine[], known: LogPosition): LogPosition {
  const ended = lines.filter(isEnded);
  const open = lines.at(-1);
  const part = open === undefined || isEnded(open) ? 0 : open.text.length;
  const last = ended.at(-1);
  if (last === undefined) return { ...known, part };
  const newest = ended.reduce((max, { at }) => (at > max ? at : max), 0n);
  const since = (newest - DISORDER) / SECOND;
  const from = since > BigInt(known.since) ? since : BigInt(known.since);
  return {
    incarnation: known.incarnation,
    since: Number(from),
    taken: ended.filter(({ at }) => at >= from * SECOND).length,
    last: last.at,
    part,
  };
}

/** Undefined: these are the program's first bytes, for it can't have printed a whole file before them. */
function mayLackItsBeginning({ lines, startedAt }: ServedLines): LogHole | undefined {
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined || startedAt === undefined) return undefined;
  const silent = first.at - BigInt(startedAt) * MS;
  if (silent < ROTATION_LOOK) return undefined;
  const span = last.at - first.at > ROTATION_LOOK ? last.at - first.at : ROTATION_LOOK;
  const couldHavePrinted = (BigInt(textOf(lines).length) * silent) / span;
  if (couldHavePrinted < ROTATED_BEYOND) return undefined;
  const why = 'The log may have been rotated before its first look: what it began with can not be told.';
  return { kind: 'not-provable', why };
}

function textOf(lines: readonly StampedLine[]): Buffer {
  return Buffer.concat(lines.map(({ text }) => text));
}
