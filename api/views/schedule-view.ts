// A schedule as the API tells it.
import type { KnownSchedule } from '../../domain/schedule/known-schedule';
import { comingFires } from '../../domain/schedule/schedule-due';
import { redactedValue } from '../../domain/spec/redact';
import type { ScheduleView } from '../schedules';

const COMING = 3;

/** `now` in epoch milliseconds. */
export function scheduleView({ schedule, origin, stored }: KnownSchedule, now: number): ScheduleView {
  const { name, cron, timeZone, overlap, catchUp, from } = schedule;
  const row = stored?.row;
  return {
    name,
    origin,
    cron,
    timeZone,
    spec: redactedValue(schedule.spec),
    overlap,
    catchUp,
    paused: row?.paused ?? false,
    ...(from === undefined ? {} : { from }),
    next: comingFires(schedule, row, now, COMING).map(iso),
    ...(row?.pending === undefined
      ? {}
      : { waiting: { fireAt: iso(row.pending.fireAt), since: iso(row.pending.since) } }),
    ...(row?.last === undefined
      ? {}
      : { last: { ...row.last, fireAt: iso(row.last.fireAt), at: iso(row.last.at) } }),
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
