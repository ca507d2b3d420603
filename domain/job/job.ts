// The rows that are the truth about one job: the job's own and its cancel. Words: docs/glossary.md.
import { z } from 'zod';

import { membershipSchema } from '../group/member';
import { gpuCountSchema } from '../spec/gpu';
import { givenResourcesSchema } from '../spec/resources';
import { reasonSchema } from './failure-reason';
import { OUTCOMES } from './outcome';
import { passedOverSchema } from './passed-over';

/** Instants are epoch milliseconds in all rows. */
const instant = z.number().int().nonnegative();

/** What admission and settlement need of the spec, so that only a create reads the spec's blob. */
const jobPlanSchema = z.object({
  /** For people; absent in rows of earlier versions. */
  image: z.string().optional(),
  placements: z.array(z.string()).min(1),
  /** Those that the spec allows and that could not hold the job when it was submitted, in its order. */
  passedOver: z.array(passedOverSchema).optional(),
  gpu: z.object({ count: gpuCountSchema, sku: z.string().optional() }).optional(),
  /** Absent where the spec names none: each placement gives its own. In rows of earlier versions never absent. */
  resources: givenResourcesSchema.optional(),
  deadlines: z.object({
    queued: z.number(),
    provisioning: z.number(),
    pulling: z.number(),
    running: z.number(),
    archiving: z.number(),
  }),
  retry: z.object({
    attempts: z.number().int(),
    rerunAfterStart: z.boolean(),
    exitCodes: z.array(z.number().int()),
  }),
  /** At most one workload of this key is alive. */
  concurrencyKey: z.string().optional(),
});
export type JobPlan = z.infer<typeof jobPlanSchema>;

/** The job row (protocol §1). `waiting` and `active` are not over yet; `outcome` comes with `over`, once. */
export const jobRowSchema = z.object({
  jobId: z.string(),
  state: z.enum(['waiting', 'active', 'over']),
  /** The highest admitted attempt; 0 before the first. */
  attempt: z.number().int().nonnegative(),
  owner: z.string(),
  specHash: z.string(),
  /**
   * A waiting job is not admitted before this instant. Its queued deadline and its place in the order count from it.
   */
  notBefore: instant,
  submittedAt: instant,
  overAt: instant.optional(),
  outcome: z.enum(OUTCOMES).optional(),
  reason: reasonSchema.optional(),
  exitCode: z.number().int().optional(),
  eventSent: z.boolean(),
  source: z.enum(['queue', 'http', 'schedule']),
  /** The name of the schedule that made the job, by a fire or by a run; absent for every other job. */
  schedule: z.string().optional(),
  name: z.string().optional(),
  labels: z.record(z.string(), z.string()),
  /** The group that it is a member of. `atOnce`: at most so many of the group's workloads are alive. */
  group: membershipSchema.extend({ atOnce: z.number().int().positive().optional() }).optional(),
  /** Absent for a message that could not become a job. */
  plan: jobPlanSchema.optional(),
  /** How many attempts count against nothing, because no capacity or no quota was left for them. */
  spared: z.number().int().nonnegative().optional(),
  /**
   * Placements whose infrastructure failed this job, the latest last. They are tried after the others, in this order.
   */
  failedPlacements: z.array(z.string()),
});
export type JobRow = z.infer<typeof jobRowSchema>;

/** The wish to end a job: an entity beside it that is only ever inserted. */
export const cancelRowSchema = z.object({
  jobId: z.string(),
  at: instant,
  /** `schedule`: a later fire of its schedule replaces the job. */
  by: z.enum(['person', 'schedule', 'terminated-orchestration']),
});
export type CancelRow = z.infer<typeof cancelRowSchema>;
