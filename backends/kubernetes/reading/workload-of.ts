// From a Job, its pods and events to the workload's state. Pure.
import { type Reason, reason } from '../../../domain/job/failure-reason';
import type { Workload } from '../../../domain/ports/compute-backend';
import { kubeletRefusal } from '../failures/kubelet-refusals';
import { startReason } from '../failures/start-failures';
import { jobWithoutPod } from './job-without-pod';
import type { Container, Event, Job, Pod, Terminated } from './objects';
import { lossOf, platformReason } from './platform-ends';
import { containerOf, earliestEnd, hasStarted, isNoStart, timesOf } from './pod-times';
import { waitingPod } from './pod-waiting';

/** What is there of one workload. */
export interface Sight {
  /** Undefined: the Job is gone, and pods of it are left. */
  readonly job: Job | undefined;
  readonly pods: readonly Pod[];
  /** Those of the Job and its pods, as far as they were asked for; undefined: they can't be read. */
  readonly events: readonly Event[] | undefined;
  /** The server's time, epoch milliseconds. */
  readonly now: number;
}

type Shown = Omit<Workload, 'restartCount' | 'ranMoreThanOnce'>;

/** A pod that should be gone for so long is on a node that answers no more, milliseconds. */
const NODE_LOST_AFTER_MS = 60_000;

/** Undefined where there is neither a Job nor a pod. */
export function workloadOf(sight: Sight): Workload | undefined {
  const pod = firstPod(sight.pods);
  if (pod === undefined) {
    if (sight.job === undefined) return undefined;
    return { ...jobWithoutPod(sight.job, eventsOf(sight, sight.job) ?? []), restartCount: 0 };
  }
  const restartCount = containerOf(pod)?.restartCount ?? 0;
  const starts = sight.pods.filter(hasStarted).length;
  const isMore = starts > 1 || (restartCount > 0 && hasStarted(pod));
  return { ...podState(pod, sight), restartCount, ...(isMore ? { ranMoreThanOnce: true } : {}) };
}

/** The job's own: what a later pod of its Job does is a second run. */
function firstPod(pods: readonly Pod[]): Pod | undefined {
  return podsByAge(pods)[0];
}

/** The oldest first. */
export function podsByAge(pods: readonly Pod[]): Pod[] {
  const made = ({ metadata }: Pod): number => metadata.creationTimestamp ?? 0;
  return pods.toSorted((a, b) => made(a) - made(b) || (a.metadata.name < b.metadata.name ? -1 : 1));
}

function podState(pod: Pod, sight: Sight): Shown {
  const container = containerOf(pod);
  const end = container && earliestEnd(container);
  if (end !== undefined) return isNoStart(end) ? neverStarted(end) : ended(pod, end, sight);
  const phase = pod.status?.phase;
  if (phase === 'Failed') return failedPod(pod, container);
  if (phase === 'Succeeded') return { phase: 'ended', started: 'yes', exitCode: 0 };
  if (container?.state?.running !== undefined) return runningPod(pod, container, sight);
  const waiting = waitingPod(pod, eventsOf(sight, pod), sight.now);
  // What starts on a node that answers no more is not told.
  return waiting.phase === 'pulling' && isOverdue(pod, sight)
    ? { ...waiting, started: 'perhaps', failure: lostWithItsNode(pod) }
    : waiting;
}

function neverStarted(end: Terminated): Shown {
  return {
    phase: 'ended',
    started: 'no',
    failure: startReason(end.message ?? end.reason ?? ''),
    ...timesOf(end),
  };
}

function ended(pod: Pod, end: Terminated, { job }: Sight): Shown {
  const exitReason = platformReason(pod, end, job);
  return {
    phase: 'ended',
    started: 'yes',
    exitCode: end.exitCode,
    ...(end.reason === undefined ? {} : { exitDetail: end.reason }),
    ...(exitReason === undefined ? {} : { exitReason }),
    ...timesOf(end),
  };
}

/** Its container says of no end: the kubelet refused it, or can't be asked any more. */
function failedPod(pod: Pod, container: Container | undefined): Shown {
  const { reason: why, message = '' } = pod.status ?? {};
  const hasRun = hasStarted(pod);
  const failure =
    lossOf(pod) ??
    (container === undefined
      ? kubeletRefusal(why ?? '', message)
      : reason(
          'lost',
          `The pod failed and does not show how its program ended: ${why ?? ''} ${message}`.trim(),
        ));
  const unseen = failure.code === 'lost' ? 'perhaps' : 'no'; // Its node may have started it and told nobody.
  return { phase: 'ended', started: hasRun ? 'yes' : unseen, failure, ...startOf(container) };
}

function runningPod(pod: Pod, container: Container, sight: Sight): Shown {
  const running: Shown = { phase: 'running', started: 'yes', ...startOf(container) };
  return isOverdue(pod, sight) ? { ...running, failure: lostWithItsNode(pod) } : running;
}

/** It should have ended long ago, and its node does not say that it did. */
function isOverdue({ metadata }: Pod, { now }: Sight): boolean {
  return now - (metadata.deletionTimestamp ?? Infinity) >= NODE_LOST_AFTER_MS;
}

function lostWithItsNode(pod: Pod): Reason {
  const text = 'The pod was to end long ago, and its node does not say that it did: the node is lost.';
  return lossOf(pod) ?? reason('lost', text);
}

function startOf(container: Container | undefined): Pick<Workload, 'startedAt'> {
  const startedAt = container?.state?.running?.startedAt;
  return startedAt === undefined ? {} : { startedAt };
}

function eventsOf({ events }: Sight, { metadata }: Job | Pod): Event[] | undefined {
  return events?.filter(({ involvedObject }) => involvedObject.uid === metadata.uid);
}
