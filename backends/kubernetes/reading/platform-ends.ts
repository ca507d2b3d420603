// What the cluster itself did to a program, where its pod says so: it counts more than the exit code.
import { type Reason, reason } from '../../../domain/job/failure-reason';
import { conditionOf, disruptionOf, isPastJobDeadline, isSuspended } from './conditions';
import type { Job, Pod, Terminated } from './objects';
import { hasStarted } from './pod-times';

/** Reasons of the condition DisruptionTarget (docs/facts/kubernetes.md#disruptions), in words. */
const DISRUPTIONS: Readonly<Record<string, string>> = {
  PreemptionByScheduler: 'a pod of higher priority took its place',
  EvictionByEvictionAPI: 'its node was drained',
  DeletionByTaintManager: 'its node was lost or tainted',
  DeletionByPodGC: 'its node is gone',
  TerminationByKubelet: 'its node ended it',
};

/** Disruptions after which nobody tells how the program ended, unless its container still says so. */
const LOST_WITH_ITS_NODE: readonly string[] = ['DeletionByTaintManager', 'DeletionByPodGC'];

/** What a pod used beyond its own limits is its owner's doing. */
const OWN_LIMIT = /exceed(s|ed) (the|its) .*limit/i;

const POD_DEADLINE = reason(
  'running-deadline',
  'The program ran for longer than its deadline; the cluster ended it.',
);
/** A pod's deadline is that of its pull and that of its program together. */
const POD_DEADLINE_IN_PULL = reason(
  'pulling-deadline',
  "The program had not started when its pod's deadline was over; the cluster ended the pod.",
);
export const JOB_DEADLINE = reason('expired', 'The Job outlived all its deadlines; the cluster ended it.');

/** Of a program whose end is shown; undefined where it ended by itself. */
export function platformReason(pod: Pod, end: Terminated, job: Job | undefined): Reason | undefined {
  const { reason: said, message = '' } = pod.status ?? {};
  if (said === 'DeadlineExceeded') return POD_DEADLINE;
  if (isPastJobDeadline(job)) return JOB_DEADLINE;
  if (said === 'Evicted') return evictedReason(message);
  const disruption = disruptionOf(pod);
  if (disruption !== undefined) return reason('evicted', inWords(disruption));
  return wasDeleted(pod, end, job) ? deletedReason(job) : undefined;
}

/** Of a pod that failed, or will never say more, without an end of its program; undefined where nothing tells why. */
export function lossOf(pod: Pod): Reason | undefined {
  const { reason: said, message = '' } = pod.status ?? {};
  if (said === 'DeadlineExceeded' && !hasStarted(pod)) return POD_DEADLINE_IN_PULL;
  if (said === 'Evicted') return evictedReason(message);
  const disruption = disruptionOf(pod);
  if (disruption === undefined) return undefined;
  const isLost = LOST_WITH_ITS_NODE.includes(disruption.reason ?? '');
  return reason(isLost ? 'lost' : 'evicted', inWords(disruption));
}

function evictedReason(message: string): Reason {
  return OWN_LIMIT.test(message)
    ? reason('killed', `The program was ended for what it used: ${message.trim()}`)
    : reason('evicted', `The node ended the program: ${message.trim() || 'it said no more'}`);
}

function inWords({
  reason: why = '',
  message = '',
}: {
  reason?: string | undefined;
  message?: string | undefined;
}) {
  const known = DISRUPTIONS[why] ?? 'the cluster disrupted it';
  return `The program was taken off its node: ${known} (${[why, message.trim()].filter(Boolean).join(': ')}).`;
}

/** When a pod has ended, its node deletes it for good within this time, with no more grace. Milliseconds. */
const DELETED_FOR_GOOD_WITHIN_MS = 2_000;

/** Whether the end came of a deletion of the pod. Times are whole seconds; a Job that is complete was so before. */
function wasDeleted(
  { metadata }: Pod,
  { exitCode, finishedAt = 0 }: Terminated,
  job: Job | undefined,
): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = metadata;
  if (deletionTimestamp === undefined) return false;
  if (exitCode === 0 && job !== undefined && conditionOf(job, 'Complete') !== undefined) return false;
  if (deletionGracePeriodSeconds === 0) return deletionTimestamp - finishedAt <= DELETED_FOR_GOOD_WITHIN_MS;
  return finishedAt >= deletionTimestamp - deletionGracePeriodSeconds * 1_000;
}

function deletedReason(job: Job | undefined): Reason {
  return job !== undefined && isSuspended(job)
    ? reason('evicted', 'The program was taken off its node: its Job was suspended.')
    : reason('lost', 'Somebody else deleted the pod, and ended its program.');
}
