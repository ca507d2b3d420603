// Schedules over HTTP: what the routes below /api/schedules take and answer.
import { z } from 'zod';

import { jobIdSchema } from '../domain/job/names';
import { CATCH_UPS, OVERLAPS, scheduleNameSchema } from '../domain/schedule/schedule';
import { instantSchema } from './common';
import { nativeSpecSchema } from './submissions';

/** The path of one schedule. */
export const schedulePathSchema = z.object({
  name: scheduleNameSchema.meta({ description: 'lower-case letters, digits and hyphens, at most 63' }),
});

const cronSchema = z
  .string()
  .max(256)
  .meta({ description: 'minute hour day month day-of-week, on the clock of timeZone' });
const timeZoneSchema = z.string().max(64).meta({ description: 'a name of the IANA database: Europe/Berlin' });
const overlapSchema = z.enum(OVERLAPS).meta({
  description:
    'what a fire does while an earlier job of the schedule is not over, or its workload not gone: run beside it, be skipped, or cancel it and run when its workload is gone',
});
const catchUpSchema = z.enum(CATCH_UPS).meta({
  description: 'of fires missed by more than five minutes: none is made up for, or the latest one is',
});

export const scheduleWriteSchema = z
  .strictObject({
    cron: cronSchema,
    timeZone: timeZoneSchema.default('UTC'),
    spec: nativeSpecSchema,
    overlap: overlapSchema.default('allow'),
    catchUp: catchUpSchema.default('skip'),
    paused: z.boolean().optional().meta({ description: 'left out: as it is; false for a new schedule' }),
    from: z.iso.datetime({ offset: true }).optional().meta({
      description: 'fires before this instant are none; left out: when the schedule was first stored',
    }),
  })
  .meta({ id: 'ScheduleWrite' });

const lastFireViewSchema = z
  .object({
    fireAt: instantSchema,
    at: instantSchema.meta({ description: 'when it was decided' }),
    action: z.enum(['submitted', 'skipped', 'rejected', 'missed']),
    jobId: jobIdSchema.optional(),
    detail: z.string().optional(),
  })
  .meta({ id: 'LastFire', description: 'What became of the latest fire.' });

export const scheduleViewSchema = z
  .object({
    name: scheduleNameSchema,
    origin: z.enum(['settings', 'api']).meta({
      description: 'settings: from GPU_JOBS_SCHEDULES, which alone changes or removes it',
    }),
    cron: z.string(),
    timeZone: z.string(),
    spec: z
      .unknown()
      .meta({ description: 'the job spec; literal secrets, which make it invalid, are redacted' }),
    overlap: z.enum(OVERLAPS),
    catchUp: z.enum(CATCH_UPS),
    paused: z.boolean(),
    from: z.iso.datetime({ offset: true }).optional(),
    next: z.array(instantSchema).max(3).meta({ description: 'the next fires; none while it is paused' }),
    waiting: z
      .object({ fireAt: instantSchema, since: instantSchema })
      .optional()
      .meta({ description: 'a fire that is not a job yet: it waits for an earlier workload to be gone' }),
    last: lastFireViewSchema.optional(),
  })
  .meta({ id: 'Schedule' });
export type ScheduleView = z.infer<typeof scheduleViewSchema>;

export const scheduleListSchema = z
  .object({ schedules: z.array(scheduleViewSchema).meta({ description: 'by name' }) })
  .meta({ id: 'ScheduleList' });
export type ScheduleList = z.infer<typeof scheduleListSchema>;

export const ranScheduleSchema = z.object({ jobId: jobIdSchema }).meta({ id: 'RanSchedule' });
export type RanSchedule = z.infer<typeof ranScheduleSchema>;

/** Conditions on the schedule as it was read. */
export const conditionHeadersSchema = z.object({
  'If-Match': z.string().optional().meta({ description: 'only if the schedule is what this ETag says' }),
});
/** A schedule can also be asked to be new. */
export const putConditionHeadersSchema = conditionHeadersSchema.extend({
  'If-None-Match': z.literal('*').optional().meta({ description: 'only if there is no such schedule' }),
});
