// What the API tells of jobs. Read leniently: fields and states that this client does not know pass.
import { z } from 'zod';

const reasonSchema = z.looseObject({ code: z.string(), class: z.string(), message: z.string() });
export type ReasonAnswer = z.infer<typeof reasonSchema>;

/** What was paid for so far, by the prices that the placement is configured with. */
const costSchema = z.looseObject({
  currency: z.string(),
  amount: z.number(),
  estimated: z.boolean().optional(),
});
export type Cost = z.infer<typeof costSchema>;

const gpuSchema = z.looseObject({
  count: z.number(),
  sku: z.string().optional(),
  insteadOf: z.string().optional(),
});
export type Gpu = z.infer<typeof gpuSchema>;

const attemptSchema = z.looseObject({
  number: z.number(),
  placement: z.string(),
  phase: z.string(),
  reason: reasonSchema.optional(),
  exitCode: z.number().optional(),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  cleanup: z.string(),
  /** When each phase began, ISO 8601. */
  phases: z.record(z.string(), z.string()).default({}),
  removalRequestedAt: z.string().optional(),
  restartCount: z.number().default(0),
  ranMoreThanOnce: z.boolean().optional(),
  gpu: gpuSchema.optional(),
  archivingReason: reasonSchema.optional(),
  logBytes: z.number().default(0),
  cost: costSchema.optional(),
});
export type Attempt = z.infer<typeof attemptSchema>;

export const jobSchema = z.looseObject({
  id: z.string(),
  name: z.string().optional(),
  image: z.string().optional(),
  state: z.string(),
  outcome: z.string().optional(),
  reason: reasonSchema.optional(),
  exitCode: z.number().optional(),
  cleanup: z.string(),
  attempts: z.array(attemptSchema),
  gpu: gpuSchema.optional(),
  labels: z.record(z.string(), z.string()).default({}),
  schedule: z.string().optional(),
  source: z.string().optional(),
  deadlines: z.record(z.string(), z.number()).optional(),
  cost: costSchema.optional(),
  createdAt: z.string(),
  endedAt: z.string().optional(),
  logs: z.array(z.string()).default([]),
});
export type Job = z.infer<typeof jobSchema>;

const jobSummarySchema = z.looseObject({
  id: z.string(),
  name: z.string().optional(),
  state: z.string(),
  outcome: z.string().optional(),
  reason: reasonSchema.optional(),
  exitCode: z.number().optional(),
  cleanup: z.string().optional(),
  attempt: z.number().optional(),
  placement: z.string().optional(),
  gpu: gpuSchema.optional(),
  labels: z.record(z.string(), z.string()).default({}),
  schedule: z.string().optional(),
  createdAt: z.string(),
  endedAt: z.string().optional(),
});
export type JobSummary = z.infer<typeof jobSummarySchema>;

export const jobPageSchema = z.looseObject({
  jobs: z.array(jobSummarySchema),
  continuation: z.string().optional(),
});
export type JobPage = z.infer<typeof jobPageSchema>;

/** Whether the job has ended for its user; its workload may still be on its way out. */
export function isOver(job: Pick<Job, 'outcome'>): boolean {
  return job.outcome !== undefined;
}

/** Over, and nothing of it is left in the cloud. */
export function isGone(job: Pick<Job, 'outcome' | 'attempts'>): boolean {
  return isOver(job) && job.attempts.every(({ cleanup }) => cleanup === 'gone' || cleanup === 'none');
}
