// The conditions of a Job and of a pod.
import type { Condition, Job, Pod } from './objects';

export function conditionOf(
  { status }: { readonly status?: { readonly conditions?: readonly Condition[] | undefined } | undefined },
  type: string,
): Condition | undefined {
  return status?.conditions?.find((condition) => condition.type === type && condition.status === 'True');
}

/** The cluster took the pod off its node, or is about to. */
export function disruptionOf(pod: Pod): Condition | undefined {
  return conditionOf(pod, 'DisruptionTarget');
}

/** The Job's own deadline is over: its pod is deleted for it. It is told before the Job counts as failed. */
export function isPastJobDeadline(job: Job | undefined): boolean {
  const failing = job && (conditionOf(job, 'Failed') ?? conditionOf(job, 'FailureTarget'));
  return failing?.reason === 'DeadlineExceeded';
}

/** It waits until its queue admits it, or was sent back there. */
export function isSuspended(job: Job): boolean {
  return job.spec?.suspend === true || conditionOf(job, 'Suspended') !== undefined;
}
