// Whether another orchestration must drive an attempt (protocol §6.3).
import type { AttemptRow } from '../attempt/attempt';
import type { JobRecords } from '../ports/job-store';
import type { StoryStatus } from '../ports/orchestration-starter';

export type Takeover = 'leave' | 'take-over' | 'cancel-and-take-over';

/** Whether nothing is left to do for an attempt: gone, settled and, if it ended the job, announced. */
export function isFinished(attempt: AttemptRow, records: JobRecords): boolean {
  const job = records.job.row;
  if (attempt.cleanup !== 'gone') return false;
  if (job.attempt !== attempt.number) return true;
  return job.state === 'waiting' || (job.state === 'over' && job.eventSent);
}

/** `status` is that of the instance of the epoch now in the row; `now` in epoch milliseconds. */
export function takeover(attempt: AttemptRow, status: StoryStatus, now: number): Takeover {
  switch (status) {
    case 'terminated':
      return 'cancel-and-take-over';
    case 'absent':
    case 'ended':
      return 'take-over';
    case 'running':
      return now > attempt.nextBy ? 'take-over' : 'leave';
  }
}
