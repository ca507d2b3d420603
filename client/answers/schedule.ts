// What the API tells of schedules.
import { z } from 'zod';

const lastFireSchema = z.looseObject({
  fireAt: z.string(),
  at: z.string(),
  action: z.string(),
  jobId: z.string().optional(),
  detail: z.string().optional(),
});

export const scheduleSchema = z.looseObject({
  name: z.string(),
  origin: z.string().optional(),
  cron: z.string(),
  timeZone: z.string().default('UTC'),
  spec: z.unknown(),
  overlap: z.string().optional(),
  catchUp: z.string().optional(),
  paused: z.boolean().optional(),
  from: z.string().optional(),
  /** The fires to come, ISO 8601. */
  next: z.array(z.string()).default([]),
  last: lastFireSchema.optional(),
});
export type Schedule = z.infer<typeof scheduleSchema>;

export const scheduleListSchema = z.looseObject({ schedules: z.array(scheduleSchema) });
export const scheduleRunSchema = z.looseObject({ jobId: z.string() });

/** The body of a PUT. */
export interface ScheduleDefinition {
  readonly cron: string;
  readonly timeZone?: string | undefined;
  readonly spec: unknown;
  readonly overlap?: string | undefined;
  readonly catchUp?: string | undefined;
  readonly paused?: boolean | undefined;
  readonly from?: string | undefined;
}
