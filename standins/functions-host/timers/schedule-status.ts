// What the host remembers of a timer between two starts, and which occurrence was missed meanwhile.
import { z } from 'zod';

import type { Schedule } from './ncrontab';

/** Times are milliseconds since the epoch; undefined if nothing has happened yet. */
export interface ScheduleStatus {
  readonly last: number | undefined;
  readonly next: number;
  readonly lastUpdated: number | undefined;
}

/** A stored status, read back. */
export const storedStatus = z.object({
  last: z.number().optional(),
  next: z.number(),
  lastUpdated: z.number().optional(),
});

/** The status to go on with at a start, and the occurrence that was missed while the host was down. */
export interface StartingPoint {
  readonly status: ScheduleStatus;
  readonly missed: number | undefined;
}

/**
 * Judges as ScheduleMonitor.CheckPastDueAsync does. A recorded next occurrence in the past was missed. A schedule that
 * has changed since begins anew and has missed nothing.
 */
export function startingPoint(
  stored: ScheduleStatus | undefined,
  schedule: Schedule,
  now: number,
): StartingPoint {
  if (stored === undefined)
    return { status: { last: undefined, next: schedule.next(now), lastUpdated: now }, missed: undefined };
  const basis = stored.last ?? stored.lastUpdated ?? now;
  const expected = schedule.next(basis);
  if (stored.next === expected)
    return { status: stored, missed: now > stored.next ? stored.next : undefined };
  const status =
    now > expected
      ? { last: undefined, next: schedule.next(now), lastUpdated: now }
      : { last: undefined, next: expected, lastUpdated: basis };
  return { status, missed: undefined };
}

/**
 * The status after a run that began at `at`. A run that came a little early, because the clock was behind, counts as
 * its occurrence. Otherwise the same occurrence would come again.
 */
export function afterRun(
  status: ScheduleStatus,
  schedule: Schedule,
  at: number,
  early: boolean,
): ScheduleStatus {
  const reckoned = early && status.next > at ? status.next : at;
  return { last: reckoned, next: schedule.next(reckoned), lastUpdated: reckoned };
}

/**
 * The JSON of a timer trigger's input (TimerInfo as Newtonsoft writes it). A timer without a monitor has no `status`.
 */
export function timerInfo(status: ScheduleStatus | undefined, isPastDue: boolean): string {
  return JSON.stringify({
    Schedule: { AdjustForDST: true },
    ScheduleStatus:
      status === undefined
        ? null
        : {
            Last: dateTime(status.last),
            LastUpdated: dateTime(status.lastUpdated),
            Next: dateTime(status.next),
          },
    IsPastDue: isPastDue,
  });
}

/** .NET's default DateTime stands for "never". */
function dateTime(ms: number | undefined): string {
  return ms === undefined
    ? '0001-01-01T00:00:00+00:00'
    : new Date(ms).toISOString().replace(/(?:\.000|(\.\d*?)0*)Z$/, '$1+00:00');
}
