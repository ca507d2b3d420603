// Canceling many jobs over HTTP: what POST /api/jobs/cancel takes and answers.
import { z } from 'zod';

import { jobIdSchema } from '../domain/job/names';
import { instantQuerySchema } from './common';
import { anyCaseStateSchema, labelFilterSchema } from './jobs';

const filterSchema = z
  .strictObject({
    labels: labelFilterSchema.optional().meta({ minProperties: 1, description: 'jobs with all of these' }),
    states: z
      .array(anyCaseStateSchema)
      .min(1)
      .max(32)
      .optional()
      .meta({ description: 'in one of these states, in any case' }),
    schedule: z.string().min(1).max(63).optional().meta({ description: 'made by this schedule' }),
    name: z.string().min(1).max(128).optional().meta({ description: "the job's own name, whole" }),
    placements: z
      .array(z.string().min(1).max(63))
      .min(1)
      .max(32)
      .optional()
      .meta({ description: 'the latest attempt is at one of these' }),
    since: instantQuerySchema.optional().meta({ description: 'submitted then or later' }),
    until: instantQuerySchema.optional().meta({ description: 'submitted before then' }),
  })
  .refine((filter) => Object.keys(filter).length > 0, 'must name at least one property')
  .meta({ minProperties: 1 });

/** One of the two must be given, because an empty body must not end everything. */
export const cancelJobsSchema = z
  .union([z.strictObject({ all: z.literal(true) }), filterSchema])
  .meta({ id: 'CancelJobs' });

export const canceledJobsSchema = z
  .object({ canceled: z.array(jobIdSchema).meta({ description: 'jobs that were asked to end' }) })
  .meta({ id: 'CanceledJobs' });
