// Submits many jobs again at once: those that ended in a state, with given labels, in a span of time.
import type { ResubmitJobs, ResubmittedJobs } from '../../api/resubmit-jobs';
import type { JobSummary } from '../../domain/lists/job-summary';
import { refusalsInWords } from '../../domain/placement/refusals';
import { fits } from '../lists/job-filter';
import { listJobs } from '../lists/list-jobs';
import type { SubmitPorts } from '../ports';
import { resubmit, type Resubmitted } from './resubmit';

/**
 * Jobs looked at in one call. Each resubmission takes some ten storage requests, and an HTTP request has a time limit.
 */
const JOBS_A_CALL = 100;

/**
 * Submits again one page of the jobs that fit `filter`, newest first, each under a key made of its id and `key`. So the
 * same call again makes no more jobs. A job that can't be submitted again is reported and does not hold up the others.
 */
export async function resubmitMany(
  ports: SubmitPorts,
  filter: ResubmitJobs,
  key: string,
): Promise<ResubmittedJobs> {
  const { label, since, until, state } = filter;
  // Fewer jobs have a label than a state. With both, a page reads as many entries as ten pages and resubmits no more
  // jobs.
  const meant = { states: [state], labels: label, since, until };
  const by =
    Object.keys(label ?? {}).length === 0
      ? { states: [state], since, until }
      : { labels: label, since, until };
  const page = await listJobs(ports.lists, by, JOBS_A_CALL, filter.continuation);
  const resubmitted: ResubmittedJobs['resubmitted'] = [];
  const refused: ResubmittedJobs['refused'] = [];
  for (const job of page.jobs) {
    if (!fits(job, meant)) continue;
    const result = await resubmit(ports, {
      jobId: job.id,
      key: resubmissionKey(job, key),
      overrides: filter.overrides,
    });
    if (result.kind === 'accepted') resubmitted.push({ from: job.id, id: result.jobId });
    else refused.push({ id: job.id, detail: refusalOf(result) });
  }
  return {
    resubmitted,
    refused,
    ...(page.continuation === undefined ? {} : { continuation: page.continuation }),
  };
}

/** The idempotency key of the new job: the same job resubmitted under the same key is one job. */
export function resubmissionKey({ id }: Pick<JobSummary, 'id'>, key: string): string {
  return `resubmit:${id}:${key}`;
}

function refusalOf(result: Exclude<Resubmitted, { kind: 'accepted' }>): string {
  switch (result.kind) {
    case 'conflict':
      return `The key has made job ${result.jobId} from another spec. Use a new Idempotency-Key.`;
    case 'no-placement':
      return refusalsInWords(result.refusals);
    case 'no-such-job':
      return 'The job is not there any more.';
    case 'not-over':
      return 'The job is not over.';
    case 'forbidden':
    case 'unusable':
      return result.problems.map(({ pointer, message }) => `${pointer} ${message}`.trim()).join('; ');
  }
}
