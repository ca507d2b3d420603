// The completion event: CloudEvents 1.0, with an id that is the same whoever sends it again.
import type { JobView } from './job-view';

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
