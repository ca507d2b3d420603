// What of a served log follows a position. Pure.
import type { LogContinuation, LogHole, NoLog } from '../../../domain/logs/log-read';
import { type LogPosition, placeBefore, positionOf, positionText } from './log-position';
import { servedBytes, type ServedLine, type StampedLine, textOf, untilUnstamped } from './stamped-lines';

/** What was served of the log of one start of a container. */
export interface ServedLines {
  readonly incarnation: string;
  /** From `askedFrom` on, where a position of this start was given; all otherwise. */
  readonly lines: readonly ServedLine[];
  /** The answer was limited: there is more, and its last line may go on. */
  readonly isCut: boolean;
  /** Bytes after the position that are archived already. */
  readonly archived: number;
  /** When the container started, epoch milliseconds. */
  readonly startedAt: number | undefined;
}

/**
 * The two streams of a program are stamped side by side and written one after the other. So a line may be a little
 * older than the one before it, by less than a second.
 */
const DISORDER_MS = 1_000;

/** The kubelet rotates a log of this size, bytes on disk (docs/facts/kubernetes.md#log-rotation). */
const ROTATED_FROM = 10 * 1024 * 1024;
/** What a line has on disk besides what is served of it: stream, tag and spaces. */
const LINE_OVERHEAD = 9;
/** What a rotation may cost of a steady log, bytes. */
const LET_GO = 256 * 1024;
/** Lines of a shorter time do not show a pace, milliseconds. */
const LEAST_SPAN_MS = 1_000;
/** It looks for one so often, milliseconds. */
const ROTATION_LOOK_MS = 10_000;

/** The second to ask from, epoch seconds; undefined: all of the log. */
export function askedFrom(position: string | undefined, incarnation: string): number | undefined {
  if (position === undefined) return undefined;
  const known = positionOf(position);
  if (known.incarnation !== incarnation || known.stamp === '') return undefined;
  const second = secondBefore(known.stamp);
  return second > 0 ? second : undefined;
}

/** Nothing that is written after a line of this time is older than that second, epoch seconds. */
function secondBefore(stamp: string): number {
  return Math.floor((Date.parse(stamp) - DISORDER_MS) / 1_000);
}

/** Undefined: the answer was cut before it came to anything new; a longer one is needed. */
export function mergedLog(served: ServedLines, position: string | undefined): Merged | undefined {
  const merged = merge(served, position);
  const isShort = merged.kind === 'unavailable' || merged.bytes.length <= served.archived;
  return served.isCut && isShort ? undefined : merged;
}

type Merged = LogContinuation | NoLog;

function merge(served: ServedLines, position: string | undefined): Merged {
  const { lines, isCut } = served;
  if (position === undefined) return begun(served, mayLackItsBeginning(served));
  const known = positionOf(position);
  if (known.incarnation !== served.incarnation)
    return begun(served, { kind: 'restarted', why: 'The log is that of another start of the program.' });
  const place = placeOf(lines, known);
  if (place === undefined) return withoutKnown(served, known, position);
  // Nothing that follows a line is older than the second that was asked from: what lacks its time there is no line.
  const fresh = untilUnstamped(lines.slice(place));
  const bytes = textOf(fresh).subarray(known.part);
  if (bytes.length === 0) return { kind: 'after', bytes, position, hasMore: isCut };
  const after = placeAfter(known, lines.slice(0, place), fresh);
  return { kind: 'after', bytes, position: positionText(after), hasMore: isCut, ...keptFor(known, after) };
}

/** Which line served is the one that was taken last; undefined: it is not among them. */
function placeOf(lines: readonly ServedLine[], { stamp, nth, part }: LogPosition): number | undefined {
  if (stamp === '') return 0;
  let found = 0;
  for (const [place, line] of lines.entries()) {
    if (line.stamp === stamp) found += 1;
    if (found === nth) return line.text.length >= part ? place : undefined;
  }
  return undefined;
}

/**
 * The line that was taken last is not served. Without any line the file is still empty. An answer that breaks off
 * between kubelet and API server ends like a whole one (docs/facts/kubernetes.md#logs): such a one may lack it too.
 */
function withoutKnown(served: ServedLines, known: LogPosition, position: string): Merged {
  if (served.lines.length === 0) return { kind: 'after', bytes: Buffer.alloc(0), position, hasMore: false };
  if (isNewFile(served, known)) return rotated(served);
  return { kind: 'unavailable', why: 'The answer broke off before the end of what is archived.' };
}

/**
 * Whether no line served came before the one that was taken last. That one would be served first, or among the lines
 * before one that is later by more than the disorder. The beginning of a long answer may show the disorder itself.
 */
function isNewFile({ lines, isCut }: ServedLines, { stamp }: LogPosition): boolean {
  const first = lines[0]?.stamp;
  if (!isCut && first !== undefined && isLater(first, stamp)) return true;
  const surely = Date.parse(stamp) + DISORDER_MS;
  return lines.some((line) => line.stamp !== undefined && Date.parse(line.stamp) > surely);
}

function isLater(a: string, b: string): boolean {
  return a.length === b.length ? a > b : Date.parse(a) > Date.parse(b);
}

/**
 * The kubelet serves the newest file of the log alone. What was printed into the older one after the last look is gone,
 * and of this one nothing is archived yet.
 */
function rotated(served: ServedLines): LogContinuation {
  const why = 'The log was rotated: what was printed between the last look and the rotation is gone.';
  return begun(served, { kind: 'missing', why });
}

/** All lines, as the first ones of their file. */
function begun({ incarnation, lines, isCut }: ServedLines, hole: LogHole | undefined): LogContinuation {
  const fresh = untilUnstamped(lines);
  const begin = placeBefore(incarnation, fresh[0]);
  const after = placeAfter(begin, [], fresh);
  return {
    kind: 'after',
    bytes: textOf(fresh),
    position: positionText(after),
    begins: { position: positionText(begin), ...(hole === undefined ? {} : { hole }) },
    hasMore: isCut,
    ...keptFor(begin, after),
  };
}

/** The place after all of the fresh lines, which were served after those before. The first of them is the known one. */
function placeAfter(
  known: LogPosition,
  before: readonly ServedLine[],
  fresh: readonly StampedLine[],
): LogPosition {
  const { incarnation } = known;
  const last = fresh.at(-1);
  if (last === undefined) return placeBefore(incarnation, undefined);
  const { stamp, text } = last;
  const lines = [...before, ...fresh];
  const nth = lines.reduce((count, line) => (line.stamp === stamp ? count + 1 : count), 0);
  const again = servedAgain(lines, secondBefore(stamp));
  const knownBytes = known.part === 0 ? 0 : known.stamp.length + 1 + known.part + LINE_OVERHEAD;
  const file = known.file + servedBytes(fresh) + fresh.length * LINE_OVERHEAD - knownBytes;
  return { incarnation, stamp, nth, part: text.length, again, file };
}

/**
 * How long what is printed now stays to be read. A file that is full may be put away at any look of the kubelet. Then
 * some kilobytes are let go, rather than looking all the time on a node whose files may grow larger.
 */
function keptFor(known: LogPosition, after: LogPosition): { readonly keptMs?: number } {
  const ms = Date.parse(after.stamp) - Date.parse(known.stamp);
  if (!(ms > 0)) return {};
  const pace = (after.file - known.file) / Math.max(ms, LEAST_SPAN_MS);
  const left = Math.max((ROTATED_FROM - after.file) / 2, LET_GO);
  return { keptMs: Math.round(left / pace) };
}

/** Bytes of an answer from that second (epoch seconds) on, up to the end of these lines; a guess. */
function servedAgain(lines: readonly ServedLine[], second: number): number {
  const older = lines.findLastIndex(({ stamp }) => stamp !== undefined && Date.parse(stamp) < second * 1_000);
  return servedBytes(lines.slice(older + 1));
}

/** Undefined: these are the program's first bytes, for it can't have printed a whole file before them. */
function mayLackItsBeginning({ lines: served, startedAt }: ServedLines): LogHole | undefined {
  const lines = untilUnstamped(served);
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined || startedAt === undefined) return undefined;
  const firstAt = Date.parse(first.stamp);
  const silentMs = firstAt - startedAt;
  if (silentMs < ROTATION_LOOK_MS) return undefined;
  const spanMs = Math.max(Date.parse(last.stamp) - firstAt, ROTATION_LOOK_MS);
  const couldHavePrinted = (textOf(lines).length * silentMs) / spanMs;
  if (couldHavePrinted < ROTATED_FROM) return undefined;
  const why = 'The log may have been rotated before its first look: what it began with can not be told.';
  return { kind: 'not-provable', why };
}
