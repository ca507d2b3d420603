// Reads a platform's log from a cursor on, as a backend for such a platform does.
import { z } from 'zod';

import type { LogCursor } from '../../../domain/logs/log-cursor';
import type { LogContinuation, LogHole } from '../../../domain/logs/log-read';
import { bytesOf, isEnded, type PlatformLog, type ShownLog } from './platform-log';

const positionSchema = z.object({
  incarnation: z.string(),
  /** The time of the last line read, or of the one to come; empty: before all lines. */
  time: z.string(),
  /** How many ended lines of that very time were read. */
  lines: z.number().int(),
  /** How many bytes were read of the line after them, which has not ended. */
  bytes: z.number().int(),
});
type Position = z.infer<typeof positionSchema>;

/** All that the platform has after the cursor; without one, all that it has. */
export function readAfter(log: PlatformLog, from: LogCursor | undefined): LogContinuation {
  if (from === undefined) return fromBeginning(log);
  const known = positionSchema.parse(JSON.parse(from.position));
  const shown = log.show(known.time);
  if (shown.incarnation !== known.incarnation) {
    return anew(log, { kind: 'restarted', why: 'The container was started again.' });
  }
  const isSure = shown.lines.some(({ time }) => time < known.time) || isUnrotated(log, known);
  const same = shown.lines.filter(({ time }) => time === known.time);
  if (!isSure && shown.lines.length > 0) {
    return same.length === 0 && known.time !== ''
      ? anew(log, { kind: 'missing', why: 'The platform no longer has the line that was read last.' })
      : anew(log, {
          kind: 'not-provable',
          why: 'The platform may have dropped lines of the time that was read last.',
        });
  }
  const rest = [...same.slice(known.lines), ...shown.lines.filter(({ time }) => time > known.time)];
  const bytes = Buffer.concat(rest.map(({ text }) => text)).subarray(known.bytes);
  const position = bytes.length === 0 ? from.position : JSON.stringify(positionAfter(shown, known));
  return { kind: 'after', bytes, position, hasMore: false };
}

function fromBeginning(log: PlatformLog): LogContinuation {
  const why = 'The platform may have dropped the beginning before the first read.';
  return anew(log, isWhole(log) ? undefined : { kind: 'not-provable', why });
}

/** All that is shown, as a new beginning. */
function anew(log: PlatformLog, hole: LogHole | undefined): LogContinuation {
  const shown = log.show();
  const { incarnation, lines } = shown;
  const time = isWhole(log) ? '' : (lines[0]?.time ?? '');
  const begin: Position = { incarnation, time, lines: 0, bytes: 0 };
  return {
    kind: 'after',
    bytes: Buffer.concat(lines.map(({ text }) => text)),
    position: JSON.stringify(positionAfter(shown, begin)),
    begins: { position: JSON.stringify(begin), ...(hole === undefined ? {} : { hole }) },
    hasMore: false,
  };
}

/** The position after the last line shown. */
function positionAfter({ incarnation, lines }: ShownLog, known: Position): Position {
  const last = lines.at(-1);
  if (last === undefined) return known;
  const same = lines.filter(({ time }) => time === last.time);
  const ended = same.filter(isEnded).length;
  return { incarnation, time: last.time, lines: ended, bytes: isEnded(last) ? 0 : last.text.length };
}

/** Whether no line at or before the known time was dropped: an older line is still there, or none was ever dropped. */
function isUnrotated(log: PlatformLog, known: Position): boolean {
  return isWhole(log) || log.show().lines.some(({ time }) => time < known.time);
}

/** Whether no line was dropped: after a drop, more bytes are left than `least`. */
function isWhole(log: PlatformLog): boolean {
  return bytesOf(log.show().lines) < log.keeps.least;
}
