// When a schedule fires: five-field cron on the wall clock of a time zone, through hours that are skipped and hours
// that come twice.
//
//   a time that the clock skips     is the instant that it would have been without the skip: 02:30 becomes 03:30
//   a time that comes twice         is its first instant; both, when the hour field is `*`
// Two times that fall on one instant are one fire. Between the changes of the clock there is nothing to settle.
import { TerminalError } from '../errors';
import { parsePattern, type Pattern, timesOf } from './cron';
import { type ZoneOffset, zoneOffset } from './schedule-zone';

export interface Timing {
  /** minute hour day month day-of-week */
  readonly cron: string;
  /** A name of the IANA database, such as Europe/Berlin. */
  readonly timeZone: string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/**
 * Spans to search, the shortest first, so that neither a busy nor a sparse schedule costs many steps. The last holds
 * ten 29 Februaries.
 */
const WINDOWS_MS = [
  10 * MINUTE_MS,
  2 * HOUR_MS,
  2 * DAY_MS,
  62 * DAY_MS,
  5 * 366 * DAY_MS,
  41 * 366 * DAY_MS,
];
/** No zone's offset changes twice within this span, and even a change of a whole day (Samoa, 2011) fits into it. */
const AROUND_MS = 25 * HOUR_MS;

/** What is wrong with the pattern or the zone; undefined when nothing is. */
export function timingProblem(timing: Timing): { field: 'cron' | 'timeZone'; message: string } | undefined {
  try {
    zoneOffset(timing.timeZone);
  } catch {
    const message = `is "${timing.timeZone}", must be a name of the IANA time zone database such as UTC or Europe/Berlin`;
    return { field: 'timeZone', message };
  }
  const pattern = parsePattern(timing.cron);
  return typeof pattern === 'string' ? { field: 'cron', message: pattern } : undefined;
}

/** All fires in (after, upTo], epoch milliseconds, ascending. Costs a step a fire. */
export function firesBetween(timing: Timing, after: number, upTo: number): number[] {
  const { pattern, offsetAt } = compiled(timing);
  if (upTo <= after) return [];
  const first = after + Math.min(...offsetsAround(offsetAt, after));
  const last = upTo + Math.max(...offsetsAround(offsetAt, upTo));
  const fires = new Set<number>();
  for (const wall of timesOf(pattern, first, last)) {
    for (const instant of instantsOf(wall, offsetAt, pattern.everyHour))
      if (instant > after && instant <= upTo) fires.add(instant);
  }
  return [...fires].sort((a, b) => a - b);
}

/** The latest fire in (after, upTo], epoch milliseconds. The search goes backwards, so an old `after` costs nothing. */
export function latestFire(timing: Timing, after: number, upTo: number): number | undefined {
  if (isQuiet(timing, after, upTo)) return undefined;
  for (const windowMs of WINDOWS_MS) {
    const from = Math.max(after, upTo - windowMs);
    const latest = firesBetween(timing, from, upTo).at(-1);
    if (latest !== undefined || from === after) return latest;
  }
  return undefined;
}

/** The next `count` fires after an instant, epoch milliseconds; fewer when the forty years that follow hold fewer. */
export function nextFires(timing: Timing, after: number, count: number): number[] {
  let fires: number[] = [];
  for (const windowMs of WINDOWS_MS) {
    fires = firesBetween(timing, after, after + windowMs);
    if (fires.length >= count) break;
  }
  return fires.slice(0, count);
}

/** Whether nothing fires in (after, upTo]. It remembers the next fire, so asking every minute is cheap. */
export function isQuiet(timing: Timing, after: number, upTo: number): boolean {
  const known = compiled(timing);
  if (known.quiet === undefined || after < known.quiet.after || upTo >= known.quiet.until) {
    const [next = after + AROUND_MS] = nextFires(timing, after, 1);
    known.quiet = { after, until: next };
  }
  return upTo < known.quiet.until;
}

/** The instants at which the zone's clock shows `wall` (milliseconds, as if UTC), as the head of this file says. */
function instantsOf(wall: number, offsetAt: ZoneOffset, both: boolean): readonly number[] {
  const before = offsetAt(wall - AROUND_MS);
  const after = offsetAt(wall + AROUND_MS);
  const shown = [...new Set([wall - before, wall - after])]
    .filter((instant) => instant + offsetAt(instant) === wall)
    .sort((a, b) => a - b);
  if (shown.length === 0) return [wall - before];
  return both ? shown : shown.slice(0, 1);
}

function offsetsAround(offsetAt: ZoneOffset, instant: number): readonly number[] {
  return [offsetAt(instant - AROUND_MS), offsetAt(instant), offsetAt(instant + AROUND_MS)];
}

interface Compiled {
  readonly pattern: Pattern;
  readonly offsetAt: ZoneOffset;
  /** Nothing fires in (after, until). */
  quiet?: { readonly after: number; readonly until: number };
}

const compiledTimings = new Map<string, Compiled>();
/** A bound for memory, for a user who tries many patterns. */
const MOST_COMPILED = 2_000;

function compiled({ cron, timeZone }: Timing): Compiled {
  const key = `${timeZone}\n${cron}`;
  const known = compiledTimings.get(key);
  if (known !== undefined) return known;
  const pattern = parsePattern(cron);
  if (typeof pattern === 'string') throw new TerminalError(`The cron expression ${pattern}.`, { cron });
  const fresh: Compiled = { pattern, offsetAt: zoneOffset(timeZone) };
  if (compiledTimings.size >= MOST_COMPILED) compiledTimings.clear();
  compiledTimings.set(key, fresh);
  return fresh;
}
