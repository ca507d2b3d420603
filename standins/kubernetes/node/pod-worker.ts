// One pod on its node, from its binding to its end: what a kubelet does for it, in order.
import type { RunningContainer } from '../../containers/runtime';
import type { Timer } from '../../kernel/timers';
import type { Happening } from '../events/event-recorder';
import { type Pod, podSchema } from '../model/pod';
import type { ObjectKey } from '../store/change';
import type { KubeObject } from '../store/kube-object';
import { prepareVolumes } from '../volumes/pod-volumes';
import { watchSizes } from '../volumes/size-limits';
import { startContainer } from './container-start';
import type { KubeletPorts, Machine } from './kubelet-ports';
import { type ContainerLife, type Ended, initializing, type PodLife, untouched } from './pod-life';
import { createPodLogs, type PodLogs } from './pod-logs';
import { podStatus } from './pod-status';
import { restartDelay } from './restart';

export interface PodWorker {
  readonly logs: PodLogs;
  /** The pod's object has changed, or its kubelet is back: acts on a deletion that is asked for. */
  look(): void;
  /** Ends it for the node's sake; its logs go with it. */
  evict(message: string): void;
  /** Ends its programs at once and does nothing more; its logs are gone. */
  abandon(): void;
}

/** Begins at once. `ip`: the pod's own. */
export function runPod(ports: KubeletPorts, machine: Machine, bound: KubeObject, ip: string): PodWorker {
  const { store, clock, life: times } = ports;
  const key: ObjectKey = {
    resource: 'pods',
    name: bound.metadata.name,
    namespace: bound.metadata.namespace ?? '',
  };
  const pod: Pod = podSchema.parse(bound);
  const policy = pod.spec.restartPolicy ?? 'Always';
  const logs = createPodLogs(ports, machine);
  const waiting = new Set<Timer>();
  const running = new Map<number, RunningContainer>();
  const inits = pod.spec.initContainers ?? [];
  let life: PodLife = {
    startedAt: clock.now(),
    hostIP: machine.ip,
    sandbox: false,
    containers: [
      ...inits.map((container) => untouched(container, true, false)),
      ...pod.spec.containers.map((container) => untouched(container, false, inits.length > 0)),
    ],
    over: false,
  };
  /** Set once its end is asked for: nothing is started any more. */
  let ending:
    { readonly failure?: NonNullable<PodLife['failure']>; readonly removeLogs: boolean } | undefined;
  let abandoned = false;
  /** The pod's volumes: their folders by their names, once all are there. */
  let folders: ReadonlyMap<string, string> = new Map();
  /** Set once the pod is over its deadline. */
  let tellDeadline: (() => void) | undefined;

  const after = (delayMs: number, act: () => void): void => {
    const timer = machine.after(delayMs, () => {
      waiting.delete(timer);
      if (!abandoned) act();
    });
    waiting.add(timer);
  };
  const current = (): KubeObject | undefined => {
    const object = store.get(key);
    return object?.metadata.uid === bound.metadata.uid ? object : undefined;
  };
  const tell = (happening: Happening): void =>
    ports.events.record({ component: 'kubelet', host: machine.name }, current() ?? bound, happening);
  const write = (): void => {
    if (machine.state !== 'up' || !current()) return;
    store.update(key, (object) => ({
      ...object,
      status: podStatus(podSchema.parse(object), life, clock.now()),
    }));
  };
  const setContainer = (index: number, changes: Partial<ContainerLife>): void => {
    life = {
      ...life,
      containers: life.containers.map((one, at) => (at === index ? { ...one, ...changes } : one)),
    };
  };

  /** Told at each look that a kubelet takes at a pod whose containers are to run. */
  const lookForPullSecrets = (): void => {
    const missing = (pod.spec.imagePullSecrets ?? [])
      .map(({ name }) => name)
      .filter((name) => !store.get({ resource: 'secrets', namespace: key.namespace ?? '', name }));
    if (missing.length === 0) return;
    tell({
      type: 'Warning',
      reason: 'FailedToRetrieveImagePullSecret',
      message: `Unable to retrieve some image pull secrets (${missing.join(', ')}); ${PULL_ANYWAY}`,
    });
  };
  /** Volumes come before the sandbox (recorded: L11-04). Tried again in growing steps, from half a second on. */
  const mount = (retryMs: number): void => {
    if (ending) return;
    const volumes = prepareVolumes(ports, pod);
    if (volumes.kind === 'ready') {
      folders = volumes.folders;
      watchSizes(pod, folders, ports.disk, (delayMs, act) => after(delayMs, () => ending ?? act()), evict);
      lookForPullSecrets();
      if (times.sandboxMs === 0) setUp();
      else after(times.sandboxMs, setUp);
      return;
    }
    tell({ type: 'Warning', reason: 'FailedMount', message: volumes.message });
    after(retryMs, () => mount(Math.min(retryMs * 2, MOST_MOUNT_MS)));
  };
  const setUp = (): void => {
    if (ending) return;
    life = { ...life, sandbox: true };
    write();
    startNext();
  };
  /** Init containers one after the other, then all others at once. */
  const startNext = (): void => {
    const init = life.containers.findIndex(
      (one) => one.init && !(one.state.kind === 'terminated' && one.state.exitCode === 0),
    );
    if (init !== -1) start(init);
    else for (const [index, one] of life.containers.entries()) if (!one.init) start(index);
  };
  const start = (index: number): void =>
    startContainer({
      ports,
      machine,
      pod: () => podSchema.parse(current() ?? bound),
      folders: () => folders,
      logs,
      after,
      halted: () => ending !== undefined,
      life: () => life.containers[index],
      tell,
      change: (changes) => {
        setContainer(index, changes);
        if (life.podIP === undefined) life = { ...life, podIP: ip };
        write();
      },
      started: (container) => {
        running.set(index, container);
        lookForPullSecrets();
      },
      ended: (ended) => {
        running.delete(index);
        if (ending) {
          setContainer(index, { state: ended });
          if (running.size === 0) after(times.stopMs, conclude);
        } else after(times.noticeMs, () => noticeEnd(index, ended));
      },
    });

  const noticeEnd = (index: number, ended: Ended): void => {
    setContainer(index, { state: ended });
    if (ending) {
      if (running.size === 0) conclude();
      return;
    }
    if (life.podIP === undefined) life = { ...life, podIP: ip };
    write();
    const one = life.containers[index];
    if (!one) return;
    const delayMs = restartDelay(policy, one, ended, times.backOff);
    if (delayMs !== undefined) restart(index, one, ended, delayMs);
    else if (one.init && ended.exitCode === 0) {
      for (const [at, other] of life.containers.entries())
        if (!initializing(life) && !other.init)
          setContainer(at, { state: { kind: 'waiting', reason: 'PodInitializing' } });
      startNext();
    } else if (life.containers.every(({ state }) => state.kind === 'terminated') || one.init)
      after(times.teardownMs, conclude);
  };
  const restart = (index: number, one: ContainerLife, ended: Ended, delayMs: number): void => {
    if (delayMs === 0) {
      setContainer(index, { last: ended, restartCount: one.restartCount + 1 });
      start(index);
      return;
    }
    const { name } = one.container;
    const what = `restarting failed container`;
    const where = `${bound.metadata.name}_${bound.metadata.namespace ?? ''}(${bound.metadata.uid})`;
    tell({
      type: 'Warning',
      reason: 'BackOff',
      message: `Back-off ${what} ${name} in pod ${where}`,
      fieldPath: `spec.containers{${name}}`,
    });
    const message = `back-off ${backOffText(delayMs)} ${what}=${name} pod=${where}`;
    after(times.noticeMs, () => {
      if (ending) return;
      setContainer(index, { state: { kind: 'waiting', reason: 'CrashLoopBackOff', message }, last: ended });
      write();
      after(Math.max(0, delayMs - times.noticeMs), () => {
        if (ending) return;
        setContainer(index, { restartCount: one.restartCount + 1 });
        start(index);
      });
    });
  };

  /** Everything has ended: the last status, and with a deletion the word that the object may go. */
  const conclude = (): void => {
    if (life.over) return;
    life = { ...life, sandbox: false, over: true, ...(ending?.failure && { failure: ending.failure }) };
    if (ending?.removeLogs === true) logs.remove();
    ports.disk?.discard(bound.metadata.uid);
    write();
    // When its containers have stopped, and when its sandbox is gone (recorded: L28-04).
    tellDeadline?.();
    tellDeadline?.();
    confirm();
  };
  const confirm = (): void => {
    const object = current();
    if (object?.metadata.deletionTimestamp === undefined || machine.state !== 'up') return;
    after(0, () => {
      const now = current();
      if (now) ports.confirmDeletion(now);
    });
  };
  const terminate = (graceSeconds: number, why: typeof ending): void => {
    if (ending) return;
    ending = why;
    for (const [index, container] of running) {
      const { name } = life.containers[index]?.container ?? { name: '' };
      tell({
        type: 'Normal',
        reason: 'Killing',
        message: `Stopping container ${name}`,
        fieldPath: `spec.containers{${name}}`,
      });
      container.stop(graceSeconds * 1_000);
    }
    write();
    if (running.size === 0) after(0, conclude);
  };
  const evict = (message: string): void => {
    tell({ type: 'Warning', reason: 'Evicted', message });
    terminate(graceOf(undefined), { failure: { reason: 'Evicted', message }, removeLogs: true });
  };
  const graceOf = (object: KubeObject | undefined): number =>
    object?.metadata.deletionGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;

  const { activeDeadlineSeconds } = pod.spec;
  if (activeDeadlineSeconds !== undefined)
    after(activeDeadlineSeconds * 1_000, () => {
      if (ending || life.over) return;
      const failure = {
        reason: 'DeadlineExceeded',
        message: 'Pod was active on the node longer than the specified deadline',
      };
      tellDeadline = () => tell({ type: 'Normal', ...failure });
      // Once as it is found, and once more as the end begins: a kubelet finds it anew at each status that it makes up.
      tellDeadline();
      tellDeadline();
      life = { ...life, failure };
      terminate(graceOf(undefined), { failure, removeLogs: false });
    });
  if (times.sandboxMs > 0 || prepareVolumes(ports, pod).kind === 'missing') write();
  mount(times.backOff.firstMs / 20);

  return {
    logs,
    look: () => {
      const object = current();
      if (object === undefined || machine.state !== 'up') return;
      if (object.metadata.deletionTimestamp === undefined) return;
      if (life.over) confirm();
      else terminate(graceOf(object), ending ?? { removeLogs: false });
    },
    evict,
    abandon: () => {
      abandoned = true;
      for (const timer of waiting) timer.cancel();
      for (const container of running.values()) container.stop(0);
      ports.disk?.discard(bound.metadata.uid);
      logs.remove();
    },
  };
}

const PULL_ANYWAY = 'attempting to pull the image may not succeed.';

/** The kubelet waits no longer than this between two tries to mount (2 min 2 s). */
const MOST_MOUNT_MS = 122_000;

/** As Go writes a duration: `10s`, `2m40s`. */
function backOffText(ms: number): string {
  const all = Math.round(ms / 1_000);
  return all < 60 ? `${all}s` : `${Math.floor(all / 60)}m${all % 60}s`;
}
