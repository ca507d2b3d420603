// What becomes of nodes that nobody hears of, and of the pods on them: the node, taint and pod-garbage controllers.
import type { KubernetesContext } from '../context';
import { type Condition, withCondition } from '../model/metadata';
import { nodeSchema, type Taint } from '../model/node';
import { isFinished, type Pod, podSchema } from '../model/pod';
import { NODES, PODS } from '../resources/resources';
import { matches } from '../scheduler/taints';
import { without } from '../store/json';
import { apiTime, type KubeObject } from '../store/kube-object';
import { deleteObject } from '../writes/delete-object';
import { createWorkQueue } from './work-queue';

export interface NodeLifecycle {
  /** The node's kubelet has fallen silent: after its grace the node is not ready. With false it is heard again. */
  silent(node: string, isSilent: boolean): void;
  close(): void;
}

const UNREACHABLE = 'node.kubernetes.io/unreachable';

export function startNodeLifecycle(context: KubernetesContext): NodeLifecycle {
  const { store, timers } = context;
  const { life } = context.settings;
  const silence = new Map<string, { cancel(): void }>();
  const taints = createWorkQueue(context, (key) => evictByTaint(context, key, (ms) => taints.add(key, ms)));
  const orphans = createWorkQueue(context, (key) => collectOrphan(context, key));
  const unsubscribe = store.subscribe(({ type, resource, object }) => {
    if (resource === PODS.name && type !== 'DELETED') taints.add(pathOf(object));
    if (resource !== NODES.name) return;
    for (const pod of store.list(PODS.name).items)
      if (podSchema.parse(pod).spec.nodeName === object.metadata.name) {
        if (type === 'DELETED') orphans.add(pathOf(pod), life.orphanedPodMs);
        else taints.add(pathOf(pod));
      }
  });
  return {
    silent: (node, isSilent) => {
      silence.get(node)?.cancel();
      silence.delete(node);
      if (isSilent)
        silence.set(
          node,
          timers.after(life.nodeGraceMs, () => markUnknown(context, node)),
        );
      else markReady(context, node);
    },
    close: () => {
      unsubscribe();
      taints.close();
      orphans.close();
      for (const timer of silence.values()) timer.cancel();
    },
  };
}

function pathOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function podAt({ store }: KubernetesContext, path: string): { object: KubeObject; pod: Pod } | undefined {
  const [namespace = '', name = ''] = path.split('/');
  const object = store.get({ resource: PODS.name, namespace, name });
  return object && { object, pod: podSchema.parse(object) };
}

/** The node's conditions are unknown, it is tainted, and its pods are no longer ready. */
function markUnknown(context: KubernetesContext, name: string): void {
  const { store, events, clock } = context;
  const object = store.get({ resource: NODES.name, name });
  if (!object) return;
  const at = apiTime(clock.now());
  store.update({ resource: NODES.name, name }, (current) => {
    const { spec, status } = nodeSchema.parse(current);
    return {
      ...current,
      spec: {
        ...spec,
        taints: [
          ...(spec.taints ?? []).filter(({ key }) => key !== UNREACHABLE),
          { key: UNREACHABLE, effect: 'NoSchedule', timeAdded: at },
          { key: UNREACHABLE, effect: 'NoExecute', timeAdded: at },
        ],
      },
      status: {
        ...status,
        conditions: (status.conditions ?? []).map((condition) => ({
          ...condition,
          status: 'Unknown',
          lastTransitionTime: at,
          reason: 'NodeStatusUnknown',
          message: 'Kubelet stopped posting node status.',
        })),
      },
    };
  });
  const source = { component: 'node-controller' };
  events.record(source, object, {
    type: 'Normal',
    reason: 'NodeNotReady',
    message: `Node ${name} status is now: NodeNotReady`,
  });
  for (const item of store.list(PODS.name).items) {
    const { spec, status } = podSchema.parse(item);
    if (spec.nodeName !== name || isFinished({ status })) continue;
    setCondition(context, item, 'Ready', (held) => {
      const kept = held ? without(held, 'reason', 'message') : {};
      return { ...kept, status: 'False', lastTransitionTime: at };
    });
    events.record(source, item, { type: 'Warning', reason: 'NodeNotReady', message: 'Node is not ready' });
  }
}

/** The kubelet is heard again. */
function markReady({ store, clock }: KubernetesContext, name: string): void {
  const object = store.get({ resource: NODES.name, name });
  if (!object) return;
  const { spec, status } = nodeSchema.parse(object);
  if (!spec.taints?.some(({ key }) => key === UNREACHABLE)) return;
  const at = apiTime(clock.now());
  store.update({ resource: NODES.name, name }, (current) => ({
    ...current,
    spec: { ...spec, taints: (spec.taints ?? []).filter(({ key }) => key !== UNREACHABLE) },
    status: {
      ...status,
      conditions: (status.conditions ?? []).map((condition) => ({
        ...condition,
        status: condition.type === 'Ready' ? 'True' : 'False',
        lastHeartbeatTime: at,
        lastTransitionTime: at,
        reason: condition.type === 'Ready' ? 'KubeletReady' : `KubeletHasNo${condition.type}`,
        message: condition.type === 'Ready' ? 'kubelet is posting ready status' : '',
      })),
    },
  }));
}

/** A pod goes when it has stood a NoExecute taint of its node for as long as it tolerates it. */
function evictByTaint(context: KubernetesContext, path: string, lookAgain: (delayMs: number) => void): void {
  const { store, clock, events } = context;
  const found = podAt(context, path);
  if (!found) return;
  const { object, pod } = found;
  const { nodeName: name } = pod.spec;
  if (name === undefined || pod.metadata.deletionTimestamp !== undefined || isFinished(pod)) return;
  const node = store.get({ resource: NODES.name, name });
  if (!node) return;
  const executing = (nodeSchema.parse(node).spec.taints ?? []).filter(({ effect }) => effect === 'NoExecute');
  const leftMs = Math.min(...executing.map((taint) => standsUntil(pod, taint) - clock.now()));
  if (leftMs === Infinity) return;
  if (leftMs > 0) {
    lookAgain(leftMs);
    return;
  }
  const at = apiTime(clock.now());
  events.record({ component: 'taint-eviction-controller' }, object, {
    type: 'Normal',
    reason: 'TaintManagerEviction',
    message: `Marking for deletion Pod ${path}`,
    byName: true,
  });
  setCondition(context, object, 'DisruptionTarget', () => ({
    observedGeneration: pod.metadata.generation ?? 1,
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: at,
    reason: 'DeletionByTaintManager',
    message: 'Taint manager: deleting due to NoExecute taint',
  }));
  deletePod(context, object);
}

/** Until when the pod stands the taint, milliseconds since the epoch; the longest of the tolerations counts. */
function standsUntil({ spec }: Pod, taint: Taint): number {
  const standing = (spec.tolerations ?? []).filter((toleration) => matches(toleration, taint));
  if (standing.some(({ tolerationSeconds }) => tolerationSeconds === undefined)) return Infinity;
  const since = taint.timeAdded === undefined ? 0 : Date.parse(taint.timeAdded);
  const seconds = standing.map(({ tolerationSeconds }) => tolerationSeconds ?? 0);
  return since + Math.max(0, ...seconds) * 1_000;
}

/** The node's object is gone, and so is whatever could tell how its pods ended. */
function collectOrphan(context: KubernetesContext, path: string): void {
  const { store, clock } = context;
  const found = podAt(context, path);
  if (!found) return;
  const { object, pod } = found;
  if (pod.spec.nodeName !== undefined && store.get({ resource: NODES.name, name: pod.spec.nodeName })) return;
  const at = apiTime(clock.now());
  if (!isFinished(pod))
    store.update(keyOf(object), (current) => {
      const { status, metadata } = podSchema.parse(current);
      const before = status.conditions?.find(({ type }) => type === 'DisruptionTarget');
      return {
        ...current,
        status: {
          ...status,
          observedGeneration: metadata.generation ?? 1,
          phase: 'Failed',
          conditions: withCondition(status.conditions, {
            type: 'DisruptionTarget',
            observedGeneration: metadata.generation ?? 1,
            status: 'True',
            lastProbeTime: null,
            lastTransitionTime: before?.lastTransitionTime ?? at,
            reason: 'DeletionByPodGC',
            message: 'PodGC: node no longer exists',
          }),
        },
      };
    });
  deletePod(context, object, 0);
}

function keyOf({ metadata }: KubeObject): { resource: string; namespace: string; name: string } {
  return { resource: PODS.name, namespace: metadata.namespace ?? '', name: metadata.name };
}

function setCondition(
  { store }: KubernetesContext,
  object: KubeObject,
  type: string,
  make: (held: Condition | undefined) => Pick<Condition, 'status'>,
): void {
  store.update(keyOf(object), (current) => {
    const { status } = podSchema.parse(current);
    const condition = { ...make(status.conditions?.find((held) => held.type === type)), type };
    return { ...current, status: { ...status, conditions: withCondition(status.conditions, condition) } };
  });
}

function deletePod(context: KubernetesContext, { metadata }: KubeObject, gracePeriodSeconds?: number): void {
  const { namespace, name, uid } = metadata;
  deleteObject(context, {
    resource: PODS,
    namespace,
    name,
    options: {
      propagation: 'Background',
      uid,
      ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
    },
  });
}
