// A pod whose program does not run yet: what it waits for, and whether that can come.
import { type Reason, reason } from '../../../domain/job/failure-reason';
import type { Workload } from '../../../domain/ports/compute-backend';
import { IMAGE_REASONS, imageReason } from '../failures/image-failures';
import { mountReason, START_REASONS, startReason } from '../failures/start-failures';
import type { Condition, Event, Pod } from './objects';
import { containerOf } from './pod-times';

/** An autoscaler tells within half a minute that it adds a node. Milliseconds. */
const NO_NODE_COMES_AFTER_MS = 5 * 60_000;

/** Events of autoscalers: cluster-autoscaler's, and Karpenter's, which is behind AKS's node auto-provisioning. */
const NODE_COMES: readonly string[] = ['TriggeredScaleUp', 'Nominated'];

/** The event by which the cluster autoscaler says that it adds none for this pod, and what it says of every pool. */
const NO_NODE_COMES = 'NotTriggerScaleUp';

/** What it says of a pool that can't grow now, and might hold the pod later (docs/facts/kubernetes.md#autoscaler). */
const NOT_NOW =
  /in backoff after failed scale-up|max node group size reached|not ready for scale-up|limit reached/;

/** Claims that a pod waits for in vain; one that is not bound yet may be (docs/facts/kubernetes.md#claims). */
const MISSING_CLAIM = /persistentvolumeclaim "[^"]*" (not found|is being deleted|bound to non-existent)/;

/** Events by which a pod's volumes can't be had at all, a share or its key that is wrong among them; others pass. */
const MISSING_VOLUME = /not found|no such file or directory|permission denied/i;

/** `events`: the pod's own; undefined: they can't be read. `now`: the server's time, epoch milliseconds. */
export function waitingPod(
  pod: Pod,
  events: readonly Event[] | undefined,
  now: number,
): Omit<Workload, 'restartCount'> {
  const unscheduled = pod.status?.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  const isScheduled = containerOf(pod) !== undefined || pod.status?.conditions?.some(isScheduledCondition);
  if (isScheduled !== true) return unscheduledPod(pod, unscheduled, events, now);
  const startTrouble = startTroubleOf(pod, events ?? []);
  return { phase: 'pulling', started: 'no', ...(startTrouble === undefined ? {} : { startTrouble }) };
}

function isScheduledCondition({ type, status }: Condition): boolean {
  return type === 'PodScheduled' && status === 'True';
}

function startTroubleOf(pod: Pod, events: readonly Event[]): Reason | undefined {
  const { reason: why = '', message = '' } = containerOf(pod)?.state?.waiting ?? {};
  if (IMAGE_REASONS.includes(why)) return imageReason(why, message);
  if (START_REASONS.includes(why)) return startReason(message);
  const mount = events.findLast((event) => event.reason === 'FailedMount');
  return mount !== undefined && MISSING_VOLUME.test(mount.message ?? '')
    ? mountReason(mount.message ?? '')
    : undefined;
}

function unscheduledPod(
  pod: Pod,
  condition: Condition | undefined,
  events: readonly Event[] | undefined,
  now: number,
): Omit<Workload, 'restartCount'> {
  const waiting = { phase: 'provisioning', started: 'no' } as const;
  if (condition === undefined) return waiting;
  const text = condition.message ?? condition.reason ?? '';
  if (MISSING_CLAIM.test(text))
    return {
      ...waiting,
      failure: reason('refused', `The pod can't have its volume: ${text}`, 'infrastructure'),
    };
  const nodeComes = events?.some(({ reason: why = '' }) => NODE_COMES.includes(why)) === true;
  const waitedMs = now - (pod.metadata.creationTimestamp ?? now);
  if (waitedMs > NO_NODE_COMES_AFTER_MS && fitsNoNode(text) && events !== undefined && !mayGrow(events))
    return {
      ...waiting,
      failure: reason('refused', `No node of the cluster could hold the pod: ${text}`, 'infrastructure'),
    };
  const says = nodeComes ? 'A node is being added for the pod' : 'No node has room for the pod';
  return { ...waiting, lacking: reason('capacity', `${says}: ${text}`) };
}

/** Whether an autoscaler said that a node comes, or that a pool it passed over can't grow now. */
function mayGrow(events: readonly Event[]): boolean {
  return events.some(
    ({ reason: why = '', message = '' }) =>
      NODE_COMES.includes(why) || (why === NO_NODE_COMES && NOT_NOW.test(message)),
  );
}

/**
 * Whether no node could hold the pod even if all others were gone: the scheduler then says of every node that
 * preemption does not help. Taints pass, as those of a node that is not ready, and its text does not name them.
 */
export function fitsNoNode(text: string): boolean {
  return (
    /preemption: 0\/(\d+) nodes are available: \1 Preemption is not helpful/.test(text) &&
    !/taint|unschedulable/i.test(text)
  );
}
