// POST /api/jobs/resubmit and /api/jobs/{id}/resubmit: what they take and answer.
import { z } from 'zod';

import { jobIdSchema } from '../domain/job/names';
import { instantQuerySchema } from './common';
import { continuationSchema } from './jobs';
import { overridesSchema } from './submissions';

export const resubmitJobSchema = z
  .strictObject({ overrides: overridesSchema.optional() })
  .meta({ id: 'ResubmitJob', description: 'What is to be otherwise; nothing, and the spec is the same.' });

export const resubmitJobsSchema = z
  .strictObject({
    state: z.enum(['Failed', 'Rejected', 'TimedOut', 'Canceled']),
    label: z
      .record(z.string(), z.string())
      .refine((label) => Object.keys(label).length <= 32, 'must name at most 32 labels')
      .optional()
      .meta({ description: 'only jobs with all of these labels' }),
    since: instantQuerySchema.optional().meta({ description: 'only jobs submitted then or later' }),
    until: instantQuerySchema.optional().meta({ description: 'only jobs submitted before then' }),
    continuation: continuationSchema.optional(),
    overrides: overridesSchema.optional(),
  })
  .meta({ id: 'ResubmitJobs' });
export type ResubmitJobs = z.infer<typeof resubmitJobsSchema>;

export const resubmittedJobsSchema = z
  .object({
    resubmitted: z.array(z.object({ from: jobIdSchema, id: jobIdSchema })),
    refused: z.array(z.object({ id: jobIdSchema, detail: z.string() })),
    continuation: z.string().optional().meta({
      description: 'more jobs may match: ask again with it, and with the same filter and Idempotency-Key',
    }),
  })
  .meta({ id: 'ResubmittedJobs' });
export type ResubmittedJobs = z.infer<typeof resubmittedJobsSchema>;
