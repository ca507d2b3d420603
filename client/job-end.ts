// What every follower of a job asks: whether it is over, and whether anything of it is left.
import type { JobView } from '../api/jobs';

/** Whether the job has ended for its user; its workload may still be on its way out. */
export function isOver(job: Pick<JobView, 'outcome'>): boolean {
  return job.outcome !== undefined;
}

/** Over, and nothing of it is left in the cloud. */
export function isGone(job: Pick<JobView, 'outcome' | 'attempts'>): boolean {
  return isOver(job) && job.attempts.every(({ cleanup }) => cleanup === 'gone' || cleanup === 'none');
}
