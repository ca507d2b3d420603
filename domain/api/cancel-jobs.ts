// Canceling many jobs over HTTP: what POST /api/jobs/cancel takes and answers.
import { z } from 'zod';

import { jobIdSchema } from './common';

/** Either is said aloud: an empty body must not end everything. */
export const cancelJobsSchema = z
  .union([
    z.strictObject({ all: z.literal(true) }),
    z.strictObject({
      labels: z
        .record(z.string(), z.string())
        .refine((labels) => Object.keys(labels).length > 0, 'must name a label')
        .meta({ minProperties: 1 }),
    }),
  ])
  .meta({ id: 'CancelJobs' });

export const canceledJobsSchema = z
  .object({ canceled: z.array(jobIdSchema).meta({ description: 'jobs that were asked to end' }) })
  .meta({ id: 'CanceledJobs' });
