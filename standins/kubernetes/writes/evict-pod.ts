// The eviction of a pod, as a drain or an upgrade of the cluster asks for it: a deletion that a budget may refuse.
import { ApiFault } from '../answers/api-fault';
import { respond } from '../answers/respond';
import { type Action, found, mediaOf } from '../api/actions';
import type { KubernetesContext } from '../context';
import { whereTrue, withCondition } from '../model/metadata';
import { isFinished, podSchema } from '../model/pod';
import { PODS } from '../resources/resources';
import { isObject, objectAt } from '../store/json';
import { apiTime, type KubeObject } from '../store/kube-object';
import { deleteObject } from './delete-object';

export const postEviction: Action = (context, request) => {
  evictPod(context, found(context, request));
  const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };
  return respond(request.wire, mediaOf(request), 201, body);
};

/** Marks the pod and deletes it. Throws the 429 of a budget that would not hold. */
export function evictPod(context: KubernetesContext, object: KubeObject): void {
  const { store, clock } = context;
  const { namespace, name, uid } = object.metadata;
  if (object.metadata.deletionTimestamp !== undefined) return;
  if (!isFinished(podSchema.parse(object))) {
    checkBudgets(context, object);
    const key = { resource: PODS.name, namespace: namespace ?? '', name };
    store.update(key, (current) => {
      const { status } = podSchema.parse(current);
      const conditions = withCondition(status.conditions, {
        type: 'DisruptionTarget',
        status: 'True',
        lastProbeTime: null,
        lastTransitionTime: apiTime(clock.now()),
        reason: 'EvictionByEvictionAPI',
        message: 'Eviction API: evicting',
      });
      return { ...current, status: { ...status, conditions } };
    });
  }
  deleteObject(context, { resource: PODS, namespace, name, options: { propagation: 'Background', uid } });
}

const BUDGETS = 'poddisruptionbudgets.policy';

function checkBudgets({ store }: KubernetesContext, object: KubeObject): void {
  const { namespace } = object.metadata;
  for (const budget of store.list(BUDGETS, namespace).items) {
    const labels = objectAt(budget, 'spec', 'selector', 'matchLabels');
    const selects = (pod: KubeObject): boolean =>
      Object.entries(labels).every(([key, value]) => pod.metadata.labels?.[key] === value);
    if (!selects(object)) continue;
    const pods = store.list(PODS.name, namespace).items.filter(selects);
    const healthy = pods.filter((pod) => isHealthy(pod)).length;
    const needed = neededOf(budget, pods.length);
    if (healthy - (isHealthy(object) ? 1 : 0) >= needed) continue;
    throw new ApiFault(
      429,
      'TooManyRequests',
      "Cannot evict pod as it would violate the pod's disruption budget.",
      {
        causes: [
          {
            reason: 'DisruptionBudget',
            message: `The disruption budget ${budget.metadata.name} needs ${needed} healthy pods and has ${healthy} currently`,
          },
        ],
      },
    );
  }
}

function isHealthy(object: KubeObject): boolean {
  const { status, metadata } = podSchema.parse(object);
  return whereTrue(status.conditions, 'Ready') !== undefined && metadata.deletionTimestamp === undefined;
}

function neededOf(budget: KubeObject, pods: number): number {
  const spec = budget['spec'];
  if (!isObject(spec)) return 0;
  const { minAvailable, maxUnavailable } = spec;
  if (minAvailable !== undefined) return share(minAvailable, pods);
  return maxUnavailable === undefined ? 0 : pods - share(maxUnavailable, pods);
}

/** A number, or a share such as `50%`, rounded up. */
function share(value: unknown, of: number): number {
  if (typeof value === 'number') return value;
  return Math.ceil((Number(String(value).replace('%', '')) / 100) * of);
}
