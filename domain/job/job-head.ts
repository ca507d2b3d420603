// The facts of a job that are shown everywhere, for one job and in lists.
import { z } from 'zod';

import type { AttemptRow } from '../attempt/attempt';
import { cleanupOf, cleanupSchema } from '../attempt/cleanup';
import { reasonSchema } from './failure-reason';
import type { JobRow } from './job';
import { jobState, jobStateSchema } from './job-state';
import { jobIdSchema } from './names';
import { OUTCOMES } from './outcome';

export const jobHeadSchema = z.object({
  id: jobIdSchema,
  name: z.string().optional(),
  state: jobStateSchema,
  outcome: z.enum(OUTCOMES).optional(),
  reason: reasonSchema.optional(),
  exitCode: z.number().int().optional(),
  cleanup: cleanupSchema,
});
export type JobHead = z.infer<typeof jobHeadSchema>;

/** Derived from the job's row and from its current attempt's row, if there is one. */
export function jobHead(job: JobRow, current: AttemptRow | undefined): JobHead {
  return {
    id: job.jobId,
    ...(job.name === undefined ? {} : { name: job.name }),
    state: jobState(job, current),
    ...(job.outcome === undefined ? {} : { outcome: job.outcome }),
    ...(job.reason === undefined ? {} : { reason: job.reason }),
    ...(job.exitCode === undefined ? {} : { exitCode: job.exitCode }),
    cleanup: current === undefined ? 'none' : cleanupOf(current),
  };
}
