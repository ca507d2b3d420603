// A job in a list: a summary of its rows.
import { z } from 'zod';

import { membershipOf, membershipSchema } from '../group/member';
import { REASON_CODES } from '../job/failure-reason';
import { jobHead, jobHeadSchema } from '../job/job-head';
import { attemptNumbered, type JobRecords } from '../ports/job-store';
import { jobUsage, jobUsageSchema } from './job-usage';

const instant = z.iso.datetime();

export const jobSummarySchema = jobHeadSchema
  .extend({
    attempt: z.number().int().meta({ description: 'the latest attempt; 0 before the first' }),
    placement: z.string().optional().meta({ description: 'where the latest attempt is' }),
    lacks: z.enum(REASON_CODES).optional().meta({
      description: 'what its workload, made and not up yet, waits for; `lacking` of the attempt tells more',
    }),
    gpu: z.object({ count: z.number().int(), sku: z.string().optional() }).optional(),
    labels: z.record(z.string(), z.string()),
    schedule: z.string().optional(),
    group: membershipSchema.optional().meta({ description: 'the group that it is a member of' }),
    createdAt: instant,
    endedAt: instant.optional(),
    usage: jobUsageSchema.optional().meta({
      description:
        'what it used, once it is over and nothing of it is left; absent of jobs of earlier versions',
    }),
  })
  .meta({ id: 'JobSummary' });
/** All instants are ISO 8601 in UTC. */
export type JobSummary = z.infer<typeof jobSummarySchema>;

/** It holds plain values only, so it survives being stored as JSON. */
export function jobSummary(records: JobRecords): JobSummary {
  const {
    job: { row: job },
    attempts,
  } = records;
  const current = attemptNumbered({ attempts }, job.attempt)?.row;
  const gpu = current?.gpu ?? job.plan?.gpu;
  const usage = jobUsage(records);
  return {
    ...jobHead(job, current),
    attempt: job.attempt,
    ...(current === undefined ? {} : { placement: current.placement }),
    ...(current?.lacking === undefined ? {} : { lacks: current.lacking.code }),
    ...(gpu === undefined
      ? {}
      : { gpu: { count: gpu.count, ...(gpu.sku === undefined ? {} : { sku: gpu.sku }) } }),
    labels: job.labels,
    ...(job.schedule === undefined ? {} : { schedule: job.schedule }),
    ...(job.group === undefined ? {} : { group: membershipOf(job.group) }),
    createdAt: new Date(job.submittedAt).toISOString(),
    ...(job.overAt === undefined ? {} : { endedAt: new Date(job.overAt).toISOString() }),
    ...(usage === undefined ? {} : { usage }),
  };
}
