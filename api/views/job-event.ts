// The completion event: CloudEvents 1.0, with an id that stays the same when it is sent again.
import type { JobView } from '../jobs';

/** A CloudEvents 1.0 event in structured JSON. */
export interface JobEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly type: 'gpu-job-runner.job.ended';
  readonly source: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: JobView;
}

/** Says that a workload outlives its removal. `id` stays the same when it is sent again. */
export interface OverdueEvent extends Omit<JobEvent, 'type' | 'data'> {
  readonly type: 'gpu-job-runner.cleanup.overdue';
  readonly data: { readonly jobId: string; readonly attempt: number; readonly placement: string };
}

/** `now` in epoch milliseconds. */
export function overdueEvent(of: OverdueEvent['data'], owner: string, now: number): OverdueEvent {
  return {
    specversion: '1.0',
    id: `${of.jobId}-${of.attempt}-cleanup-overdue`,
    type: 'gpu-job-runner.cleanup.overdue',
    source: `/gpu-job-runner/${owner}`,
    subject: of.jobId,
    time: new Date(now).toISOString(),
    datacontenttype: 'application/json',
    data: of,
  };
}

/** The event of a job that is over; `owner` is the deployment's id. */
export function jobEvent(view: JobView, owner: string): JobEvent {
  return {
    specversion: '1.0',
    id: `${view.id}-${view.outcome ?? view.state}`,
    type: 'gpu-job-runner.job.ended',
    source: `/gpu-job-runner/${owner}`,
    subject: view.id,
    time: view.endedAt ?? view.createdAt,
    datacontenttype: 'application/json',
    data: view,
  };
}
