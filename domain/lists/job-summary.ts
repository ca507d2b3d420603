// A job in a list: what its rows tell in short.
import type { JobSummary } from '../../api/jobs';
import { jobHead } from '../../api/views/job-view';
import type { JobRecords } from '../ports/job-store';

export type { JobSummary };

/** Whole instants and plain values only, so that it survives being stored as JSON. */
export function jobSummary({ job: { row: job }, attempts }: JobRecords): JobSummary {
  const current = attempts.find(({ row }) => row.number === job.attempt)?.row;
  const gpu = current?.gpu ?? job.plan?.gpu;
  return {
    ...jobHead(job, current),
    attempt: job.attempt,
    ...(current === undefined ? {} : { placement: current.placement }),
    ...(gpu === undefined
      ? {}
      : { gpu: { count: gpu.count, ...(gpu.sku === undefined ? {} : { sku: gpu.sku }) } }),
    labels: job.labels,
    ...(job.schedule === undefined ? {} : { schedule: job.schedule }),
    createdAt: new Date(job.submittedAt).toISOString(),
    ...(job.overAt === undefined ? {} : { endedAt: new Date(job.overAt).toISOString() }),
  };
}
