// What the Job controller reads and writes of a Job.
import { z } from 'zod';

import { conditionSchema, metadataSchema } from './metadata';
import { open } from './open-object';
import { podSpecSchema } from './pod';

const podFailureRule = open({
  action: z.enum(['FailJob', 'FailIndex', 'Ignore', 'Count']),
  onExitCodes: open({
    containerName: z.string().optional(),
    operator: z.enum(['In', 'NotIn']),
    values: z.array(z.number()),
  }).nullish(),
  onPodConditions: z.array(open({ type: z.string(), status: z.string().default('True') })).nullish(),
});
export type PodFailureRule = z.infer<typeof podFailureRule>;

const jobSpecSchema = open({
  parallelism: z.number().default(1),
  /** Absent: a work queue, done when one pod has succeeded and none is active. */
  completions: z.number().optional(),
  completionMode: z.string().optional(),
  backoffLimit: z.number().default(6),
  activeDeadlineSeconds: z.number().optional(),
  ttlSecondsAfterFinished: z.number().optional(),
  suspend: z.boolean().optional(),
  podReplacementPolicy: z.string().optional(),
  podFailurePolicy: open({ rules: z.array(podFailureRule) }).optional(),
  managedBy: z.string().optional(),
  template: open({
    metadata: open({
      labels: z.record(z.string(), z.string()).optional(),
      annotations: z.record(z.string(), z.string()).optional(),
    }).optional(),
    spec: podSpecSchema,
  }),
});

const uids = z.array(z.string()).optional();

const jobStatusSchema = open({
  conditions: z.array(conditionSchema).optional(),
  startTime: z.string().optional(),
  completionTime: z.string().optional(),
  active: z.number().optional(),
  succeeded: z.number().optional(),
  failed: z.number().optional(),
  terminating: z.number().optional(),
  completedIndexes: z.string().optional(),
  uncountedTerminatedPods: open({ succeeded: uids, failed: uids }).optional(),
  ready: z.number().optional(),
});
export type JobStatus = z.infer<typeof jobStatusSchema>;

export const jobSchema = open({
  metadata: metadataSchema,
  spec: jobSpecSchema,
  status: jobStatusSchema.default({}),
});
export type Job = z.infer<typeof jobSchema>;

export function isIndexed({ spec }: Pick<Job, 'spec'>): boolean {
  return spec.completionMode === 'Indexed';
}

/** Holds a pod until the Job has counted its end. */
export const TRACKING_FINALIZER = 'batch.kubernetes.io/job-tracking';
export const COMPLETION_INDEX = 'batch.kubernetes.io/job-completion-index';
