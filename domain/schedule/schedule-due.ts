// Which fires of a schedule are due, and which have been missed.
import type { ScheduleRow } from '../ports/schedule-store';
import { type CatchUp, type Schedule, timingOf } from './schedule';
import { firesBetween, isQuiet, latestFire, nextFires } from './schedule-fires';

/**
 * A fire that is late by no more than this is made all the same; a later one is missed. Longer than a deployment or a
 * restart takes; milliseconds.
 */
const GRACE_MS = 5 * 60_000;
/** A `firedThrough` further ahead of the clock than this was written by a clock that was wrong; milliseconds. */
const WRONG_CLOCK_MS = 10 * 60_000;

export interface DueFires {
  /** Each of these is to be made now; ascending. */
  readonly fires: readonly number[];
  /** The latest fire that is missed for good. */
  readonly missed?: number;
}

const NONE: DueFires = { fires: [] };

/** The fires in (decided, now] that are due or missed. */
export function dueFires(
  schedule: Pick<Schedule, 'cron' | 'timeZone' | 'from' | 'catchUp'>,
  row: Pick<ScheduleRow, 'firedThrough'>,
  now: number,
): DueFires {
  const decided = decidedThrough(schedule, row);
  if (now <= decided || isQuiet(schedule, decided, now)) return NONE;
  const late = now - GRACE_MS;
  const fires = firesBetween(schedule, Math.max(decided, late - 1), now);
  const missed = late - 1 <= decided ? undefined : latestFire(schedule, decided, late - 1);
  if (missed === undefined) return { fires };
  return makesUpFor(schedule.catchUp, fires) ? { fires: [missed] } : { fires, missed };
}

/**
 * Whether a missed fire is made up for. Whether a missed fire is made up for. A fire that is due anyway makes up for
 * those missed before it.
 */
function makesUpFor(catchUp: CatchUp, fires: readonly number[]): boolean {
  switch (catchUp) {
    case 'skip':
      return false;
    case 'one':
      return fires.length === 0;
  }
}

/** The next fires as the schedule stands now, epoch milliseconds; none while it is paused. */
export function comingFires(
  schedule: Pick<Schedule, 'cron' | 'timeZone' | 'from'>,
  row: Pick<ScheduleRow, 'firedThrough' | 'paused'> | undefined,
  now: number,
  count: number,
): readonly number[] {
  if (row?.paused === true) return [];
  const decided = decidedThrough(schedule, row ?? { firedThrough: now });
  return nextFires(schedule, Math.max(now, decided), count);
}

function decidedThrough(
  { from }: Pick<Schedule, 'from'>,
  { firedThrough }: Pick<ScheduleRow, 'firedThrough'>,
): number {
  return from === undefined ? firedThrough : Math.max(firedThrough, Date.parse(from) - 1);
}

/** Whether counting must start anew: the row was decided under another timing, or by a clock that was wrong. */
export function mustCountAnew(row: ScheduleRow, timing: string, now: number): boolean {
  return row.timing !== timing || row.firedThrough > now + WRONG_CLOCK_MS;
}

/** Whether a tick would find nothing to do. That is the usual case, and this check is cheap. */
export function isIdle(schedule: Schedule, row: ScheduleRow, now: number): boolean {
  if (row.pending !== undefined || mustCountAnew(row, timingOf(schedule), now)) return false;
  const decided = decidedThrough(schedule, row);
  return row.paused || now <= decided || isQuiet(schedule, decided, now);
}
