// The changes that a schedule's row goes through, each written on the version that was read.
import type { LastFire, ScheduleRow } from '../ports/schedule-store';
import { type Schedule, type ScheduleDefinition, timingOf } from './schedule';

/**
 * The most jobs that the list keeps. Under `allow` no step looks whether they are gone, so the list would grow; a
 * policy looks at the latest of them.
 */
const MOST_JOBS = 20;

/** The row of a schedule that is seen for the first time. `own` is for schedules of the API. */
export function firstRow(
  schedule: Schedule,
  now: number,
  own: Pick<ScheduleRow, 'definition' | 'incarnation'> = { incarnation: '' },
): ScheduleRow {
  const { name, from } = schedule;
  const firedThrough = from === undefined ? now : Math.min(now, Date.parse(from) - 1);
  return { name, ...own, timing: timingOf(schedule), paused: false, firedThrough, jobs: [] };
}

/** Counting starts now: nothing before is due any more. */
export function countedAnew(row: ScheduleRow, timing: string, now: number): ScheduleRow {
  return { ...row, timing, firedThrough: now };
}

/** The row after a fire is claimed: it will be a job, whichever process makes it. */
export function claimed(row: ScheduleRow, fireAt: number, now: number, jobs = row.jobs): ScheduleRow {
  return { ...row, firedThrough: fireAt, pending: { fireAt, since: now }, jobs: [...jobs] };
}

/** The row after a fire has become `made`. `left` are the schedule's earlier jobs that still matter. */
export function fired(
  row: ScheduleRow,
  pending: { readonly fireAt: number },
  made: Pick<LastFire, 'action' | 'detail'> & { readonly jobId: string },
  left: readonly string[],
  now: number,
): ScheduleRow {
  const jobs = made.action === 'submitted' ? withJob(left, made.jobId) : [...left];
  return { ...row, pending: undefined, jobs, last: { fireAt: pending.fireAt, at: now, ...made } };
}

/** The row after a fire that becomes no job. */
export function passedOver(
  row: ScheduleRow,
  fireAt: number,
  why: { action: 'skipped' | 'missed'; detail: string },
  now: number,
): ScheduleRow {
  return { ...row, firedThrough: Math.max(row.firedThrough, fireAt), last: { fireAt, at: now, ...why } };
}

/** The row under a new definition. While cron and zone stay the same, what was decided of earlier fires stands. */
export function redefined(
  row: ScheduleRow,
  schedule: Schedule,
  definition: ScheduleDefinition,
  now: number,
): ScheduleRow {
  const timing = timingOf(schedule);
  const firedThrough = timing === row.timing ? row.firedThrough : now;
  return { ...row, definition, timing, firedThrough };
}

/** The row paused or resumed. Fires that would have come during the pause are passed over. */
export function withPaused(row: ScheduleRow, paused: boolean, now: number): ScheduleRow {
  if (row.paused === paused) return row;
  return { ...row, paused, firedThrough: paused ? row.firedThrough : Math.max(row.firedThrough, now) };
}

/** The jobs with one more: the latest last, each once. */
export function withJob(jobs: readonly string[], jobId: string): string[] {
  return [...jobs.filter((other) => other !== jobId), jobId].slice(-MOST_JOBS);
}
