// Adds nodes to pools for pods that fit nowhere, and takes away those that run nothing, as the cluster autoscaler does.
import { CONTROLLER_MANAGER } from '../access/user';
import type { KubernetesContext } from '../context';
import { type Node, nodeSchema } from '../model/node';
import { isFinished, type Pod, podSchema } from '../model/pod';
import { nodeName, nodeOf, type NodePool } from '../node/node-pool';
import { NODES, PODS } from '../resources/resources';
import { objectAt } from '../store/json';
import { apiTime } from '../store/kube-object';
import { claimTrouble } from '../volumes/claims';
import { createObject } from '../writes/create-object';
import { deleteObject } from '../writes/delete-object';
import { fit, usedBy } from './node-fit';
import { inhabitedNodes } from './scheduler';

const SOURCE = { component: 'cluster-autoscaler' };
/** How long after a change it looks: the scheduler tries first. */
const LOOK_MS = 200;

export interface Autoscaler {
  /** While it is paused the platform gives no machines: no pool grows. */
  setPaused(paused: boolean): void;
  stop(): void;
}

/** What the autoscaler says of a pool that can't grow, though a node of it could hold the pod. */
const FULL = 'max node group size reached';
const BACKING_OFF = 'in backoff after failed scale-up';

/** Makes the least nodes of each pool at once. Without pools it says nothing: such a cluster has no autoscaler. */
export function startAutoscaler(context: KubernetesContext): Autoscaler {
  const { store, timers, clock } = context;
  const { life } = context.settings;
  if (life.pools.length === 0) return { setPaused: () => undefined, stop: () => undefined };
  /** Nodes that are under way, by name. */
  const coming = new Set<string>();
  const idle = new Map<string, { cancel(): void }>();
  let due: { cancel(): void } | undefined;
  let isPaused = false;

  const exists = (name: string): boolean => store.get({ resource: NODES.name, name }) !== undefined;
  const add = (pool: NodePool, number: number): void => {
    coming.delete(nodeName(pool, number));
    if (exists(nodeName(pool, number))) return;
    const body = nodeOf(pool, number, apiTime(clock.now()));
    createObject(context, { resource: NODES, namespace: undefined, body, user: CONTROLLER_MANAGER });
  };
  const numbersOf = (pool: NodePool): number[] =>
    Array.from({ length: pool.max }, (_, number) => number).filter(
      (number) => exists(nodeName(pool, number)) || coming.has(nodeName(pool, number)),
    );

  const cantGrow = (pool: NodePool): string | undefined => {
    if (numbersOf(pool).length >= pool.max) return FULL;
    return isPaused ? BACKING_OFF : undefined;
  };

  const scaleUp = (): void => {
    const waiting = store
      .list(PODS.name)
      .items.map((object) => ({ object, pod: podSchema.parse(object) }))
      .filter(({ pod }) => unschedulable(pod));
    /** What nodes under way will be asked for, so that each of several pods brings a node of its own. */
    const promised = [...coming].map((name) => ({ name, pods: [] as Pod[] }));
    for (const { object, pod } of waiting) {
      const taken = promised.find(({ name, pods }) => {
        const pool = life.pools.find((one) => name.startsWith(`aks-${one.name}-`));
        return pool && fit(pod.spec, { node: template(pool), used: usedBy(pods) }).kind === 'fits';
      });
      if (taken) {
        taken.pods.push(pod);
        continue;
      }
      const trouble = claimTrouble(store, pod);
      const pool =
        trouble === undefined
          ? life.pools.find(
              (one) =>
                cantGrow(one) === undefined &&
                fit(pod.spec, { node: template(one), used: {} }).kind === 'fits',
            )
          : undefined;
      if (!pool) {
        context.events.record(SOURCE, object, {
          type: 'Normal',
          reason: 'NotTriggerScaleUp',
          message: `pod didn't trigger scale-up: ${trouble === undefined ? refusals(pod, life.pools, cantGrow) : `${life.pools.length} ${trouble}`}`,
        });
        continue;
      }
      const used = numbersOf(pool);
      const number = Array.from({ length: pool.max }, (_, at) => at).find((at) => !used.includes(at)) ?? 0;
      const name = nodeName(pool, number);
      coming.add(name);
      promised.push({ name, pods: [pod] });
      context.events.record(SOURCE, object, {
        type: 'Normal',
        reason: 'TriggeredScaleUp',
        message: `pod triggered scale-up: [{aks-${pool.name}-vmss ${used.length}->${used.length + 1} (max: ${pool.max})}]`,
      });
      timers.after(life.scaleUpMs, () => add(pool, number));
    }
  };
  const scaleDown = (): void => {
    for (const { node, pods } of inhabitedNodes(context)) {
      const { name } = node.metadata;
      const pool = life.pools.find((one) => name.startsWith(`aks-${one.name}-`));
      const spare = pool !== undefined && numbersOf(pool).length > pool.min && pods.length === 0;
      if (!spare) {
        idle.get(name)?.cancel();
        idle.delete(name);
      } else if (!idle.has(name))
        idle.set(
          name,
          timers.after(life.idleNodeMs, () => {
            idle.delete(name);
            if (numbersOf(pool).length > pool.min && exists(name))
              deleteObject(context, { resource: NODES, namespace: undefined, name, options: {} });
          }),
        );
    }
  };
  const look = (): void => {
    due = undefined;
    scaleUp();
    scaleDown();
  };
  const lookSoon = (): void => {
    due ??= timers.after(LOOK_MS, look);
  };
  const unsubscribe = store.subscribe(({ resource }) => {
    if (resource === PODS.name || resource === NODES.name) lookSoon();
  });
  for (const pool of life.pools) for (let number = 0; number < pool.min; number += 1) add(pool, number);
  return {
    setPaused: (paused) => {
      isPaused = paused;
      lookSoon();
    },
    stop: () => {
      unsubscribe();
      due?.cancel();
      for (const timer of idle.values()) timer.cancel();
    },
  };
}

function unschedulable(pod: Pod): boolean {
  const condition = pod.status.conditions?.find(({ type }) => type === 'PodScheduled');
  return (
    condition?.reason === 'Unschedulable' &&
    pod.spec.nodeName === undefined &&
    pod.metadata.deletionTimestamp === undefined &&
    !isFinished(pod)
  );
}

/** What a new node of the pool would be. */
function template(pool: NodePool): Node {
  const node = nodeOf(pool, 0, apiTime(0));
  const metadata = { ...objectAt(node, 'metadata'), uid: 'template', creationTimestamp: apiTime(0) };
  return nodeSchema.parse({ ...node, metadata });
}

/** `1 node(s) had untolerated taint(s), 1 max node group size reached`. */
function refusals(
  pod: Pod,
  pools: readonly NodePool[],
  cantGrow: (pool: NodePool) => string | undefined,
): string {
  const counts = new Map<string, number>();
  for (const pool of pools) {
    const found = fit(pod.spec, { node: template(pool), used: {} });
    const reasons = found.kind === 'not' ? found.reasons : [cantGrow(pool) ?? []].flat();
    for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => `${count} ${reason}`).join(', ');
}
