// A schedule as its user defines it: what to run, when, and what to do when a fire meets the one before it or comes
// late.
import { z } from 'zod';

import { type Timing, timingProblem } from './schedule-fires';

export const scheduleNameSchema = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'must be lower-case letters, digits and hyphens, at most 63',
  );

/** What a fire does while an earlier job of its schedule is not over, or its workload is not gone. */
export const OVERLAPS = ['allow', 'skip', 'replace'] as const;

/** What becomes of fires that were missed by more than the grace: none is made up for, or only the latest. */
export const CATCH_UPS = ['skip', 'one'] as const;
export type CatchUp = (typeof CATCH_UPS)[number];

/** Everything but the name. */
export const scheduleDefinitionSchema = z.strictObject({
  cron: z.string().max(256),
  timeZone: z.string().max(64).default('UTC'),
  spec: z.unknown(),
  overlap: z.enum(OVERLAPS).default('allow'),
  catchUp: z.enum(CATCH_UPS).default('skip'),
  /** The schedule does not fire before this instant. Default: when it is first stored. */
  from: z.iso.datetime({ offset: true }).optional(),
});
export type ScheduleDefinition = z.infer<typeof scheduleDefinitionSchema>;

/** As the setting GPU_JOBS_SCHEDULES lists it. */
export const scheduleSchema = scheduleDefinitionSchema.extend({ name: scheduleNameSchema });
export type Schedule = z.infer<typeof scheduleSchema>;

/** What is wrong with the cron expression or time zone; undefined when nothing is. */
export function scheduleProblem(timing: Timing): string | undefined {
  const problem = timingProblem(timing);
  return problem === undefined ? undefined : `${problem.field} ${problem.message}`;
}

/** What tells one timing from another in a schedule's row. */
export function timingOf({ cron, timeZone }: Timing): string {
  return `${cron} ${timeZone}`;
}

/**
 * The idempotency key of a fire: every process that makes it makes the same job (I5). `incarnation` tells a schedule
 * from an earlier one of its name, whose fires made other jobs; it is empty for schedules from the settings.
 */
export function fireKey(name: string, incarnation: string, fireAt: number): string {
  const which = incarnation === '' ? name : `${name}:${incarnation}`;
  return `schedule:${which}:${new Date(fireAt).toISOString()}`;
}

/** The idempotency key of a run that a person asks for between the fires; `key` is the request's own. */
export function runKey(name: string, incarnation: string, key: string): string {
  return `schedule-run:${name}:${incarnation}:${key}`;
}
