// The port to the schedules' rows: how far each has fired, what it still owes, and the definitions that came by the
// API.
import { z } from 'zod';

import { scheduleDefinitionSchema } from '../schedule/schedule';
import type { Versioned } from './job-store';

const instant = z.number().int();

/** What became of a schedule's latest fire. */
const lastFireSchema = z.object({
  fireAt: instant,
  /** When it was decided. */
  at: instant,
  /** `missed`: no tick ran in time. `skipped`: the overlap policy, or a later fire, ruled it out. */
  action: z.enum(['submitted', 'skipped', 'rejected', 'missed']),
  jobId: z.string().optional(),
  detail: z.string().optional(),
});
export type LastFire = z.infer<typeof lastFireSchema>;

export const scheduleRowSchema = z.object({
  name: z.string(),
  /** Present for a schedule made by the API; the others are defined in the settings. */
  definition: z.object(scheduleDefinitionSchema.shape).optional(),
  /** Tells this schedule from earlier ones of its name; empty for the settings' schedules. */
  incarnation: z.string().default(''),
  /** The cron expression and zone that `firedThrough` counts for: under another one it says nothing. */
  timing: z.string().default(''),
  paused: z.boolean().default(false),
  /** Every fire up to this instant (epoch milliseconds) is decided: made, owed as `pending`, or passed over. */
  firedThrough: instant,
  /** A fire that will be a job, or is one already: written before the job, removed after it. */
  pending: z.object({ fireAt: instant, since: instant }).optional(),
  /** Jobs of this schedule not yet seen gone, the latest last. */
  jobs: z.array(z.string()).default([]),
  last: lastFireSchema.optional(),
});
export type ScheduleRow = z.infer<typeof scheduleRowSchema>;

/** Every method rejects with RetryableError when the store cannot be reached: that is never an absent row (I3). */
export interface ScheduleStore {
  read(name: string): Promise<Versioned<ScheduleRow> | undefined>;
  /** All, by name. */
  list(): Promise<readonly Versioned<ScheduleRow>[]>;
  /** `exists`: another instance stored it first. */
  insert(row: ScheduleRow): Promise<'inserted' | 'exists'>;
  /** `changed`: the row is not what `etag` says, or not there. */
  write(row: ScheduleRow, etag: string): Promise<'done' | 'changed'>;
  remove(name: string, etag: string): Promise<'done' | 'changed'>;
}
