// The kubelets of all nodes: each runs what is bound to its node.
import type { Timer } from '../../kernel/timers';
import { amounts } from '../model/amounts';
import { nodeSchema } from '../model/node';
import { isFinished, type Pod, podSchema } from '../model/pod';
import { requestsOf } from '../model/pod-requests';
import { usedBy } from '../scheduler/node-fit';
import type { Change } from '../store/change';
import { apiTime, type KubeObject } from '../store/kube-object';
import { fullImageName } from './image-name';
import type { KubeletPorts, Machine } from './kubelet-ports';
import { type PodWorker, runPod } from './pod-worker';

export interface Kubelets {
  /** The worker of a pod; undefined where none runs it, or no kubelet has seen it yet. */
  worker(uid: string): PodWorker | undefined;
  machine(node: string): Machine | undefined;
  /** Its kubelet stops or goes on; its programs go on. */
  setKubelet(node: string, state: 'up' | 'down'): void;
  /** The machine is gone with all that it ran. Nobody tells the API server. */
  lose(node: string): void;
  slowPulls(node: string | undefined, factor: number): void;
  close(): void;
}

export function startKubelets(ports: KubeletPorts): Kubelets {
  const { store, timers, life } = ports;
  const machines = new Map<string, OwnMachine>();
  const workers = new Map<string, { readonly node: string; readonly worker: PodWorker }>();
  /** Pods that a kubelet is about to see. */
  const coming = new Set<string>();
  let seen = 0;
  let pods = 0;
  let slow = 1;

  const podChanged = ({ type, object }: Change): void => {
    const { uid } = object.metadata;
    const known = workers.get(uid);
    if (type === 'DELETED') {
      known?.worker.abandon();
      workers.delete(uid);
      return;
    }
    if (known) {
      known.worker.look();
      return;
    }
    const { spec, status } = podSchema.parse(object);
    const machine = machines.get(spec.nodeName ?? '');
    if (!machine || coming.has(uid) || isFinished({ status })) return;
    coming.add(uid);
    const times = { ...life, ...life.timesOf?.(seen) };
    seen += 1;
    machine.after(times.kubeletSyncMs, () => {
      coming.delete(uid);
      const now = store.get(keyOf(object));
      if (now?.metadata.uid !== uid) return;
      const refusal = refusalOf(ports, machine, podSchema.parse(now));
      if (refusal) {
        refuse(ports, machine, now, refusal);
        return;
      }
      pods += 1;
      const worker = runPod({ ...ports, life: times }, machine, now, `10.244.1.${pods}`);
      workers.set(uid, { node: machine.name, worker });
      worker.look();
    });
  };
  const nodeChanged = ({ type, object }: Change): void => {
    const { name } = object.metadata;
    if (type === 'DELETED') {
      lose(name);
      machines.delete(name);
    } else if (!machines.has(name)) machines.set(name, createMachine(ports, name, slow));
  };
  const lose = (node: string): void => {
    machines.get(node)?.set('lost');
    for (const [uid, { node: at, worker }] of workers) {
      if (at !== node) continue;
      worker.abandon();
      workers.delete(uid);
    }
  };

  // Acted on after the write is over, so that whoever else hears of it hears of the writes in order.
  const unsubscribe = store.subscribe((change) => {
    if (change.resource === 'pods') timers.after(0, () => podChanged(change));
    else if (change.resource === 'nodes') timers.after(0, () => nodeChanged(change));
  });
  for (const object of store.list('nodes').items)
    machines.set(object.metadata.name, createMachine(ports, object.metadata.name, slow));

  return {
    worker: (uid) => workers.get(uid)?.worker,
    machine: (node) => machines.get(node),
    setKubelet: (node, state) => {
      machines.get(node)?.set(state);
      if (state === 'up') for (const { node: at, worker } of workers.values()) if (at === node) worker.look();
    },
    lose,
    slowPulls: (node, factor) => {
      if (node === undefined) slow = factor;
      for (const machine of machines.values())
        if (node === undefined || machine.name === node) machine.slowPulls = factor;
    },
    close: () => {
      unsubscribe();
      for (const { worker } of workers.values()) worker.abandon();
      for (const machine of machines.values()) machine.set('lost');
    },
  };
}

function keyOf({ metadata }: KubeObject): { resource: string; namespace: string; name: string } {
  return { resource: 'pods', namespace: metadata.namespace ?? '', name: metadata.name };
}

interface OwnMachine extends Machine {
  state: Machine['state'];
  slowPulls: number;
  set(state: Machine['state']): void;
}

function createMachine({ timers, life }: KubeletPorts, name: string, slowPulls: number): OwnMachine {
  const held: (() => void)[] = [];
  const pending = new Set<Timer>();
  const machine: OwnMachine = {
    name,
    ip: '127.0.0.1',
    images: new Set(life.presentImages.map((image) => fullImageName(image) ?? image)),
    state: 'up',
    slowPulls,
    after: (delayMs, act) => {
      const timer = timers.after(delayMs, () => {
        pending.delete(timer);
        if (machine.state === 'up') act();
        else if (machine.state === 'down') held.push(act);
      });
      pending.add(timer);
      return timer;
    },
    set: (state) => {
      if (machine.state === 'lost') return;
      machine.state = state;
      if (state === 'up') for (const act of held.splice(0)) act();
      if (state === 'lost') for (const timer of pending) timer.cancel();
    },
  };
  return machine;
}

interface Refusal {
  readonly resource: string;
  readonly message: string;
}

/** Why a kubelet takes no pod that was bound to it past the scheduler: another has what it asks for. */
function refusalOf({ store }: KubeletPorts, machine: Machine, pod: Pod): Refusal | undefined {
  const node = store.get({ resource: 'nodes', name: machine.name });
  if (!node) return undefined;
  const allocatable = amounts(nodeSchema.parse(node).status.allocatable);
  const others = store
    .list('pods')
    .items.map((object) => podSchema.parse(object))
    .filter(
      (other) =>
        other.spec.nodeName === machine.name && !isFinished(other) && other.metadata.uid !== pod.metadata.uid,
    );
  const used = usedBy(others);
  const asked = requestsOf(pod.spec);
  const lacking = Object.keys(asked).find(
    (name) => (asked[name] ?? 0) > (allocatable[name] ?? 0) - (used[name] ?? 0) + 1e-6,
  );
  if (lacking === undefined) return undefined;
  const told = [asked, used, allocatable].map((list) => list[lacking] ?? 0);
  const [requested, taken, capacity] = told;
  return {
    resource: lacking,
    message: `Node didn't have enough resource: ${lacking}, requested: ${requested}, used: ${taken}, capacity: ${capacity}`,
  };
}

function refuse(
  { store, clock, events }: KubeletPorts,
  machine: Machine,
  pod: KubeObject,
  { resource, message }: Refusal,
): void {
  const reason = `OutOf${resource}`;
  events.record({ component: 'kubelet', host: machine.name }, pod, { type: 'Warning', reason, message });
  store.update(keyOf(pod), (object) => ({
    ...object,
    status: {
      observedGeneration: object.metadata.generation ?? 1,
      phase: 'Failed',
      message: `Pod was rejected: ${message}`,
      reason,
      startTime: apiTime(clock.now()),
      qosClass: podSchema.parse(object).status['qosClass'],
    },
  }));
}
