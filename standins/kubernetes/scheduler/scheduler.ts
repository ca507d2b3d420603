// Binds pods to nodes, pushes out less important ones, and says of those that fit nowhere why.
import type { KubernetesContext } from '../context';
import { type Condition, whereTrue, withCondition } from '../model/metadata';
import { type Node, nodeSchema } from '../model/node';
import { isFinished, type Pod, podSchema } from '../model/pod';
import { NODES, PODS } from '../resources/resources';
import type { Change } from '../store/change';
import { apiTime, type KubeObject } from '../store/kube-object';
import { CLAIMS, claimTrouble, VOLUMES } from '../volumes/claims';
import { deleteObject } from '../writes/delete-object';
import { decide, type Inhabited } from './decision';

const COMPONENT = 'default-scheduler';
/** Tried again after a change that may help: at first so long, doubled up to the most (the scheduler's back-off). */
const RETRY_MS = { first: 1_000, most: 10_000 };

/** Returns what stops it. */
export function startScheduler(context: KubernetesContext): () => void {
  const { store, timers, clock } = context;
  const { life } = context.settings;
  /** When each waiting pod was last tried, and how often. */
  const tried = new Map<string, { times: number; at: number }>();
  let due: { readonly at: number; cancel(): void } | undefined;

  const lookIn = (delayMs: number): void => {
    const at = clock.monotonic() + delayMs;
    if (due && due.at <= at) return;
    due?.cancel();
    const timer = timers.after(delayMs, () => {
      due = undefined;
      look();
    });
    due = { at, cancel: () => timer.cancel() };
  };
  /** The most important first, of equals the oldest. */
  const look = (): void => {
    const waiting = pods(context).filter(isWaiting).sort(byPriority);
    for (const pod of waiting) {
      const before = tried.get(pod.metadata.uid);
      const leftMs = before ? before.at + pauseOf(before.times) - clock.monotonic() : 0;
      if (leftMs > 0) {
        lookIn(leftMs);
        continue;
      }
      if (place(context, pod)) {
        tried.delete(pod.metadata.uid);
        continue;
      }
      const times = (before?.times ?? 0) + 1;
      tried.set(pod.metadata.uid, { times, at: clock.monotonic() });
      // Without any node there is no reason that a change could take away, so it tries again unasked (recorded: K02).
      if (store.list(NODES.name).items.length === 0) lookIn(pauseOf(times));
    }
  };
  const unsubscribe = store.subscribe((change) => {
    if (change.type === 'DELETED') tried.delete(change.object.metadata.uid);
    if (mayHelp(change)) lookIn(life.scheduleMs);
  });
  return () => {
    unsubscribe();
    due?.cancel();
  };
}

function pauseOf(times: number): number {
  return Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** (times - 1));
}

/** A new pod, room that became free, a node that is new or another, or something about claims. */
function mayHelp({ type, resource, object, previous }: Change): boolean {
  if (resource === CLAIMS || resource === VOLUMES) return true;
  if (resource === NODES.name) return type !== 'DELETED';
  if (resource !== PODS.name) return false;
  if (type !== 'MODIFIED') return true;
  return !isFinished(podSchema.parse(previous ?? object)) && isFinished(podSchema.parse(object));
}

function pods({ store }: KubernetesContext): Pod[] {
  return store.list(PODS.name).items.map((object) => podSchema.parse(object));
}

function isWaiting(pod: Pod): boolean {
  const { spec, metadata } = pod;
  return (
    spec.nodeName === undefined &&
    metadata.deletionTimestamp === undefined &&
    !isFinished(pod) &&
    (spec.schedulingGates ?? []).length === 0 &&
    (spec.schedulerName ?? COMPONENT) === COMPONENT
  );
}

function byPriority(a: Pod, b: Pod): number {
  return (
    (b.spec.priority ?? 0) - (a.spec.priority ?? 0) ||
    Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion)
  );
}

/** Every node with the pods that take room on it, in the order of names. */
export function inhabitedNodes(context: Pick<KubernetesContext, 'store'>): Inhabited[] {
  const all = context.store
    .list(PODS.name)
    .items.map((object) => podSchema.parse(object))
    .filter((pod) => pod.spec.nodeName !== undefined && !isFinished(pod));
  return context.store.list(NODES.name).items.map((object) => {
    const node: Node = nodeSchema.parse(object);
    return { node, pods: all.filter(({ spec }) => spec.nodeName === node.metadata.name) };
  });
}

function keyOf({ metadata }: Pod): { resource: string; namespace: string; name: string } {
  return { resource: PODS.name, namespace: metadata.namespace ?? '', name: metadata.name };
}

/** Whether the pod has a node now. */
function place(context: KubernetesContext, pod: Pod): boolean {
  const { store, events, clock } = context;
  const key = keyOf(pod);
  const object = store.get(key);
  if (!object) return true;
  const decision = decide(pod, inhabitedNodes(context), claimTrouble(store, pod));
  const at = apiTime(clock.now());
  if (decision.kind === 'bind') {
    store.update(key, (current) => bound(current, decision.node, at));
    const where = `${key.namespace}/${key.name} to ${decision.node}`;
    events.recordAction(COMPONENT, object, 'Binding', {
      type: 'Normal',
      reason: 'Scheduled',
      message: `Successfully assigned ${where}`,
    });
    return true;
  }
  const { message, preempt } = decision;
  events.recordAction(COMPONENT, object, 'Scheduling', {
    type: 'Warning',
    reason: 'FailedScheduling',
    message,
  });
  if (preempt) for (const victim of preempt.victims) pushOut(context, pod, victim, preempt.node);
  const held = pod.status.conditions?.find(({ type }) => type === 'PodScheduled');
  const condition: Condition = {
    type: 'PodScheduled',
    observedGeneration: pod.metadata.generation ?? 1,
    status: 'False',
    lastProbeTime: null,
    lastTransitionTime: held?.status === 'False' ? (held.lastTransitionTime ?? at) : at,
    reason: 'Unschedulable',
    message,
  };
  store.update(key, (current) =>
    withStatus(current, (status) => ({
      ...status,
      ...(preempt && { nominatedNodeName: preempt.node }),
      conditions: withCondition(status.conditions, condition),
    })),
  );
  return false;
}

function withStatus(object: KubeObject, change: (status: Pod['status']) => Pod['status']): KubeObject {
  return { ...object, status: change(podSchema.parse(object).status) };
}

/** Binding sets the node and the condition in one write. */
function bound(object: KubeObject, nodeName: string, at: string): KubeObject {
  const { spec, status } = podSchema.parse(object);
  const condition: Condition = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: at,
  };
  return {
    ...object,
    spec: { ...spec, nodeName },
    status: { ...status, conditions: withCondition(status.conditions, condition) },
  };
}

function pushOut(context: KubernetesContext, by: Pod, victim: Pod, node: string): void {
  const { store, events, clock } = context;
  const key = keyOf(victim);
  const object = store.get(key);
  if (!object || victim.metadata.deletionTimestamp !== undefined) return;
  if (whereTrue(victim.status.conditions, 'DisruptionTarget')) return;
  const condition: Condition = {
    type: 'DisruptionTarget',
    observedGeneration: victim.metadata.generation ?? 1,
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: apiTime(clock.now()),
    reason: 'PreemptionByScheduler',
    message: `${COMPONENT}: preempting to accommodate a higher priority pod`,
  };
  store.update(key, (current) =>
    withStatus(current, (status) => ({
      ...status,
      conditions: withCondition(status.conditions, condition),
    })),
  );
  const { namespace, name, uid } = victim.metadata;
  deleteObject(context, { resource: PODS, namespace, name, options: { propagation: 'Background', uid } });
  events.recordAction(COMPONENT, object, 'Preempting', {
    type: 'Normal',
    reason: 'Preempted',
    message: `Preempted by pod ${by.metadata.uid} on node ${node}`,
  });
}
