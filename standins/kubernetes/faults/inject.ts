// Lets a fault happen.
import type { KubernetesContext } from '../context';
import { podSchema } from '../model/pod';
import { NODES, PODS } from '../resources/resources';
import type { Life } from '../start-life';
import { objectAt } from '../store/json';
import { apiTime } from '../store/kube-object';
import { deleteObject } from '../writes/delete-object';
import { evictPod } from '../writes/evict-pod';
import type { ApiGate } from './api-gate';
import type { Fault } from './fault';
import type { StorageHang } from './storage-hang';

export interface FaultTargets {
  readonly context: KubernetesContext;
  readonly gate: ApiGate;
  readonly storage: StorageHang;
  readonly life: Life;
}

/** Returns why it can't happen, if it can't: what it names is not there. */
export function inject({ context, gate, storage, life }: FaultTargets, fault: Fault): string | undefined {
  const { clock, timers, kubelets, store, streams } = context;
  if ('node' in fault && fault.node !== undefined && !kubelets.machine(fault.node))
    return `There is no node ${fault.node}; there are ${namesOf(context) || 'none'}.`;
  switch (fault.kind) {
    case 'api-down':
      gate.downUntil = clock.now() + fault.forMs;
      streams.endAll();
      return undefined;
    case 'too-many-requests':
      gate.throttled += fault.count;
      return undefined;
    case 'deny-jobs':
      gate.denial = fault.message;
      return undefined;
    case 'policy-denies':
      gate.policy = fault.message === '' ? undefined : fault;
      return undefined;
    case 'storage-hangs':
      if (fault.on) storage.begin(fault.keepsWrites);
      else storage.end();
      return undefined;
    case 'webhook-down':
      gate.webhookDown = fault.down;
      return undefined;
    case 'evict': {
      const pod = store.get({ resource: PODS.name, namespace: fault.namespace, name: fault.pod });
      const worker = pod && kubelets.worker(pod.metadata.uid);
      if (!worker) return `No kubelet runs a pod ${fault.namespace}/${fault.pod}.`;
      worker.evict(fault.message);
      return undefined;
    }
    case 'kubelet-down':
      kubelets.setKubelet(fault.node, 'down');
      life.nodes.silent(fault.node, true);
      timers.after(fault.forMs, () => {
        kubelets.setKubelet(fault.node, 'up');
        life.nodes.silent(fault.node, false);
      });
      return undefined;
    case 'lose-node':
      kubelets.lose(fault.node);
      life.nodes.silent(fault.node, true);
      return undefined;
    case 'remove-node':
      removeNode(context, fault.node);
      return undefined;
    case 'spot-notice':
      drain(context, fault.node);
      timers.after(fault.afterMs, () => removeNode(context, fault.node));
      return undefined;
    case 'slow-pulls':
      kubelets.slowPulls(fault.node, fault.factor);
      return undefined;
    case 'no-nodes':
      life.autoscaler.setPaused(fault.on);
      return undefined;
  }
}

function namesOf({ store }: KubernetesContext): string {
  return store
    .list(NODES.name)
    .items.map(({ metadata }) => metadata.name)
    .join(', ');
}

function removeNode(context: KubernetesContext, name: string): void {
  context.kubelets.lose(name);
  if (context.store.get({ resource: NODES.name, name }))
    deleteObject(context, { resource: NODES, namespace: undefined, name, options: {} });
}

/** What AKS does at a notice: the node takes no more pods, and those that it has are evicted. */
function drain(context: KubernetesContext, name: string): void {
  const { store, events, clock } = context;
  const node = store.update({ resource: NODES.name, name }, (current) => {
    return { ...current, spec: { ...objectAt(current, 'spec'), unschedulable: true } };
  });
  events.record({ component: 'node-problem-detector', host: name }, node, {
    type: 'Warning',
    reason: 'PreemptScheduled',
    message: `Preempt Scheduled: ${apiTime(clock.now())}. DurationInSeconds: -1.`,
  });
  for (const object of store.list(PODS.name).items)
    if (podSchema.parse(object).spec.nodeName === name) evictPod(context, object);
}
