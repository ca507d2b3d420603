// Schedules: five-field cron in a time zone, and which of their fires are due.
import { Cron } from 'croner';
import { z } from 'zod';

export const scheduleSchema = z.strictObject({
  /** Part of the idempotency key of each fire. */
  name: z
    .string()
    .regex(
      /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
      'must be lower-case letters, digits and hyphens, at most 63',
    ),
  cron: z.string(),
  timeZone: z.string().default('UTC'),
  /** Fires before this instant are none; default: when the schedule is first stored. */
  from: z.iso.datetime({ offset: true }).optional(),
  spec: z.unknown(),
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** What is wrong with the cron expression or time zone; undefined when nothing is. */
export function scheduleProblem(schedule: Pick<Schedule, 'cron' | 'timeZone'>): string | undefined {
  try {
    cronOf(schedule).nextRun(); // Only a run shows a time zone that does not exist.
    return undefined;
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)} (cron "${schedule.cron}", time zone "${schedule.timeZone}"; five fields: minute hour day month day-of-week)`;
  }
}

/** Looked through from the shortest, so that neither a busy nor a sparse schedule costs many steps; milliseconds. */
const WINDOWS_MS = [2 * 60_000, 2 * 3_600_000, 2 * 86_400_000, 62 * 86_400_000, Number.POSITIVE_INFINITY];

/** The latest fire in (firedThrough, now], epoch milliseconds; earlier ones missed in a downtime are passed over. */
export function dueFire(
  schedule: Pick<Schedule, 'cron' | 'timeZone'>,
  firedThrough: number,
  now: number,
): number | undefined {
  const cron = cronOf(schedule);
  for (const windowMs of WINDOWS_MS) {
    const after = Math.max(firedThrough, now - windowMs);
    const latest = latestBetween(cron, after, now);
    if (latest !== undefined || after === firedThrough) return latest;
  }
  return undefined;
}

/** In an hour that comes twice croner answers with fires of the first one, before `after`: these are none. */
function latestBetween(cron: Cron, after: number, upTo: number): number | undefined {
  let latest: number | undefined;
  for (
    let next = cron.nextRun(new Date(after));
    next !== null && next.getTime() <= upTo;
    next = cron.nextRun(next)
  ) {
    if (next.getTime() > after) latest = next.getTime();
  }
  return latest;
}

/** The idempotency key of a fire: whoever fires it again makes the same job (I5). */
export function fireKey(name: string, fireAt: number): string {
  return `schedule:${name}:${new Date(fireAt).toISOString()}`;
}

function cronOf(schedule: Pick<Schedule, 'cron' | 'timeZone'>): Cron {
  return new Cron(schedule.cron, { timezone: schedule.timeZone, mode: '5-part', paused: true });
}
