// A Job that shows no pod: not yet, not any more, or not allowed to have one.
import { type Reason, reason } from '../../../domain/job/failure-reason';
import type { Workload } from '../../../domain/ports/compute-backend';
import { isQuotaTooSmall, podRefusal } from '../failures/pod-refusals';
import { conditionOf, isSuspended } from './conditions';
import type { Condition, Event, Job } from './objects';
import { JOB_DEADLINE } from './platform-ends';

type Shown = Omit<Workload, 'restartCount'>;

/** `events`: the Job's own. */
export function jobWithoutPod(job: Job, events: readonly Event[]): Shown {
  const { completionTime } = job.status ?? {};
  if (conditionOf(job, 'Complete') !== undefined)
    return {
      phase: 'ended',
      started: 'yes',
      exitCode: 0,
      ...(completionTime === undefined ? {} : { endedAt: completionTime }),
    };
  const failed = conditionOf(job, 'Failed');
  // Its pod may have run.
  if (failed !== undefined) return { phase: 'ended', started: 'perhaps', failure: failureOf(failed) };
  const waiting = { phase: 'provisioning', started: 'no' } as const;
  if (isSuspended(job))
    return {
      ...waiting,
      lacking: reason('capacity', 'The Job is suspended: it waits until its queue admits it.'),
    };
  const refused = events.findLast((event) => event.reason === 'FailedCreate')?.message;
  return refused === undefined ? waiting : { ...waiting, ...refusedPod(refused) };
}

/** The Job controller goes on trying: a quota may get free, and somebody may make what is missing. */
function refusedPod(text: string): Pick<Workload, 'failure' | 'lacking' | 'startTrouble'> {
  const why = podRefusal(text);
  if (why.code !== 'quota') return { startTrouble: why };
  return isQuotaTooSmall(text) ? { failure: why } : { lacking: why };
}

function failureOf({ reason: why, message = '' }: Condition): Reason {
  if (why === 'DeadlineExceeded') return JOB_DEADLINE;
  const said = `${why ?? ''} ${message}`.trim();
  return why === 'PodFailurePolicy' && message.includes('DisruptionTarget')
    ? reason('evicted', `The program was taken off its node, and its pod is gone: ${said}`)
    : reason('lost', `The Job failed and its pod is gone, so how its program ended can't be told: ${said}`);
}
