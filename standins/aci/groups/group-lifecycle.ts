// A container group's life as a pure state machine: what happened goes in; the group after it and what to do next come
// out.
import type { Effect, Happening } from '../happening';
import {
  type ContainerLife,
  type ContainerPhase,
  type Ended,
  newContainer,
  withEvent,
} from './container-life';
import { type MountFailures, oneMore } from './mount-failures';
import { backOffMs, type RestartPolicy, restarts } from './restart-policy';

/** Where the deployment stands: the group's provisioningState (docs/facts/container-instances.md#states). */
type Deployment = 'Pending' | 'Creating' | 'Updating' | 'Succeeded' | 'Failed';

/** The group's instanceView.state. */
export type GroupState = 'Pending' | 'Running' | 'Stopped' | 'Succeeded' | 'Failed';

export interface GroupLife {
  readonly restartPolicy: RestartPolicy;
  /** Whatever ends the programs raises this number. What older incarnations still do is ignored. */
  readonly incarnation: number;
  readonly deployment: Deployment;
  /** The event of shares that this incarnation could not mount. */
  readonly mountFailures?: MountFailures;
  /** Why the platform gave the deployment up. */
  readonly refusal?: string;
  readonly stopped: boolean;
  /** Init containers first. */
  readonly containers: readonly ContainerLife[];
}

/** The first waits, milliseconds. Each next wait doubles. */
export type BackOffs = Readonly<Record<'restartMs' | 'pullMs', number>>;

export interface Step {
  readonly life: GroupLife;
  readonly effects: readonly Effect[];
}

export interface ContainerPlan {
  readonly name: string;
  readonly image: string;
  readonly init: boolean;
}

/**
 * The service gives up after 30 minutes (docs/facts/container-instances.md#times-of-provisioning). Its words for that
 * are not known.
 */
export const NOT_IN_TIME = 'The container group was not provisioned in time.';

/** A group that has just been accepted. */
export function newLife(restartPolicy: RestartPolicy, plans: readonly ContainerPlan[]): Step {
  const containers = plans.map(({ name, image, init }) => newContainer(name, image, init));
  const life: GroupLife = {
    restartPolicy,
    incarnation: 1,
    deployment: 'Pending',
    stopped: false,
    containers,
  };
  return { life, effects: [{ kind: 'provision' }] };
}

/** The group at `now`, milliseconds since the epoch, after `happening`. */
export function step(life: GroupLife, happening: Happening, now: number, backOffs: BackOffs): Step {
  switch (happening.kind) {
    case 'provisioned':
      return beginNext({ ...life, deployment: begun(life) }, now);
    case 'mount-failed':
      return mountFailed(life, oneMore(life.mountFailures, now), backOffs.restartMs);
    case 'refused':
      return { life: { ...life, deployment: 'Failed', refusal: happening.why }, effects: [] };
    case 'timed-out':
      return {
        life: isSettled(life) ? life : { ...life, deployment: 'Failed', refusal: NOT_IN_TIME },
        effects: [],
      };
    case 'pulled':
      return pulled(life, happening.container, now);
    case 'pull-failed':
      return pullFailed(life, happening.container, happening.why, now, backOffs.pullMs);
    case 'pull-due':
      return {
        life: change(life, happening.container, (container) =>
          withEvent(container, pulling(container), life.incarnation, now),
        ),
        effects: [{ kind: 'pull', container: happening.container }],
      };
    case 'started':
      return started(life, happening.container, now);
    case 'not-started':
      return notStarted(life, happening.container, happening.why, now, backOffs.restartMs);
    case 'ended':
      return ended(life, happening, now, backOffs.restartMs);
    case 'restart-due':
      return run(life, happening.container);
    case 'stop':
      return {
        life: { ...idled(life, now), stopped: true, deployment: 'Succeeded' },
        effects: [{ kind: 'end-programs' }],
      };
    case 'start':
      return {
        life: { ...idled(life, now), stopped: false, deployment: 'Updating' },
        effects: [{ kind: 'end-programs' }, { kind: 'provision' }],
      };
  }
}

/** What a deployment is once something is done for it. */
function begun({ deployment }: GroupLife): Deployment {
  return deployment === 'Pending' ? 'Creating' : deployment;
}

/** Whether the deployment is over, so that another operation may begin. */
export function isSettled(life: GroupLife): boolean {
  return life.deployment === 'Succeeded' || life.deployment === 'Failed';
}

/** The state that the group shows (docs/facts/container-instances.md#states). */
export function stateOf(life: GroupLife): GroupState {
  if (life.stopped) return 'Stopped';
  if (life.containers.some(({ init, phase }) => init && phase.kind === 'ended' && phase.exitCode !== 0)) {
    return 'Failed';
  }
  const phases = life.containers.filter(({ init }) => !init).map(({ phase }) => phase);
  if (phases.some(({ kind }) => BEFORE_THE_START.includes(kind))) {
    return life.refusal !== undefined && phases.every(({ kind }) => kind === 'idle') ? 'Failed' : 'Pending';
  }
  if (phases.some(({ kind }) => kind !== 'ended')) return 'Running';
  return phases.every((phase) => phase.kind === 'ended' && phase.exitCode === 0) ? 'Succeeded' : 'Failed';
}

/** The phases of a container whose program has not started. */
const BEFORE_THE_START: readonly ContainerPhase['kind'][] = [
  'idle',
  'pulling',
  'pull-back-off',
  'start-back-off',
];

/** Begins the next init container, or all other containers together once the last init container has ended well. */
function beginNext(life: GroupLife, now: number): Step {
  const nextInit = life.containers.find(({ init, phase }) => init && phase.kind === 'idle');
  const next = nextInit ? [nextInit] : life.containers.filter(({ init }) => !init);
  const begun = next.reduce(
    (group, { name }) =>
      change(group, name, (container) =>
        withEvent({ ...container, phase: { kind: 'pulling' } }, pulling(container), life.incarnation, now),
      ),
    life,
  );
  return { life: begun, effects: next.map(({ name }) => ({ kind: 'pull', container: name })) };
}

/** The group stays Creating, and the platform tries again. */
function mountFailed(life: GroupLife, mountFailures: MountFailures, firstMs: number): Step {
  const afterMs = backOffMs(firstMs, mountFailures.count - 1);
  return {
    life: { ...life, deployment: begun(life), mountFailures },
    effects: [{ kind: 'mount-again', afterMs }],
  };
}

function pulled(life: GroupLife, name: string, now: number): Step {
  const pulledLife = change(life, name, (container) =>
    withEvent(
      container,
      { name: 'Pulled', message: `Successfully pulled image "${container.image}"`, type: 'Normal' },
      life.incarnation,
      now,
    ),
  );
  return run(pulledLife, name);
}

/** Runs a container's program. The runtime reports `started` or `not-started` right afterwards. */
function run(life: GroupLife, name: string): Step {
  return { life, effects: [{ kind: 'run', container: name }] };
}

function started(life: GroupLife, name: string, now: number): Step {
  const running = change(life, name, (container) =>
    withEvent(
      { ...container, phase: { kind: 'running', startedAt: now } },
      { name: 'Started', message: 'Started container', type: 'Normal' },
      life.incarnation,
      now,
    ),
  );
  const allStarted = running.containers.every(({ phase }) => !BEFORE_THE_START.includes(phase.kind));
  return { life: allStarted ? { ...running, deployment: 'Succeeded' } : running, effects: [] };
}

/**
 * The program could not be started. Under any policy the container waits, its group stays Pending and the platform
 * tries again, as reported (microsoft/azure-container-apps#1034, azure-powershell#15793). The words around the
 * runtime's own are as reported too.
 */
function notStarted(life: GroupLife, name: string, why: string, now: number, firstMs: number): Step {
  const before = life.containers.find((container) => container.name === name);
  const failures = before?.phase.kind === 'start-back-off' ? before.phase.failures + 1 : 1;
  const message = `Error: Failed to start container ${name}, Error response: to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${why}: unknown`;
  const failed = change(life, name, (container) =>
    withEvent(
      { ...container, phase: { kind: 'start-back-off', failures } },
      { name: 'Failed', message, type: 'Warning' },
      life.incarnation,
      now,
    ),
  );
  const happening: Happening = { kind: 'restart-due', container: name };
  return { life: failed, effects: [{ kind: 'later', afterMs: backOffMs(firstMs, failures - 1), happening }] };
}

function pullFailed(life: GroupLife, name: string, why: string, now: number, firstMs: number): Step {
  const before = life.containers.find((container) => container.name === name);
  const failures = before?.phase.kind === 'pull-back-off' ? before.phase.failures + 1 : 1;
  const failed = change(life, name, (container) => {
    const { image } = container;
    const told = withEvent(
      { ...container, phase: { kind: 'pull-back-off', failures } },
      { name: 'Failed', message: `Failed to pull image "${image}": ${why}`, type: 'Warning' },
      life.incarnation,
      now,
    );
    const backOff = {
      name: 'BackOff',
      message: `Back-off pulling image "${image}"`,
      type: 'Normal',
    } as const;
    return withEvent(told, backOff, life.incarnation, now);
  });
  const happening: Happening = { kind: 'pull-due', container: name };
  return { life: failed, effects: [{ kind: 'later', afterMs: backOffMs(firstMs, failures - 1), happening }] };
}

function ended(
  life: GroupLife,
  { container: name, exitCode }: Extract<Happening, { kind: 'ended' }>,
  now: number,
  firstMs: number,
): Step {
  const before = life.containers.find((container) => container.name === name);
  if (before?.phase.kind !== 'running') return { life, effects: [] };
  const end: Ended = { startedAt: before.phase.startedAt, endedAt: now, exitCode };
  // An init container that ended well is done under any policy.
  const again = restarts(life.restartPolicy, exitCode) && !(before.init && exitCode === 0);
  let after: ContainerLife = again
    ? { ...before, phase: { kind: 'restart-back-off' }, previous: end, restartCount: before.restartCount + 1 }
    : { ...before, phase: { kind: 'ended', ...end } };
  if (again) {
    const event = {
      name: 'BackOff',
      message: 'Back-off restarting failed container',
      type: 'Warning',
    } as const;
    after = withEvent(after, event, life.incarnation, now);
    const happening: Happening = { kind: 'restart-due', container: name };
    const afterMs = backOffMs(firstMs, before.restartCount);
    return { life: change(life, name, () => after), effects: [{ kind: 'later', afterMs, happening }] };
  }
  const ended = change(life, name, () => after);
  if (!before.init) return { life: ended, effects: [] };
  return exitCode === 0
    ? beginNext(ended, now)
    : { life: { ...ended, deployment: 'Succeeded' }, effects: [] };
}

/** The next incarnation. Events stay; instance views and counts go (recorded: restartCount stays 0 after a restart). */
function idled(life: GroupLife, now: number): GroupLife {
  const containers = life.containers.map(({ name, image, init, events, phase }) => {
    const fresh = { ...newContainer(name, image, init), events };
    const killing = { name: 'Killing', message: `Killing container ${name}`, type: 'Normal' } as const;
    return phase.kind === 'running' ? withEvent(fresh, killing, life.incarnation, now) : fresh;
  });
  return {
    restartPolicy: life.restartPolicy,
    incarnation: life.incarnation + 1,
    deployment: life.deployment,
    stopped: life.stopped,
    containers,
  };
}

function pulling({ image }: ContainerLife): { name: string; message: string; type: 'Normal' } {
  return { name: 'Pulling', message: `pulling image "${image}"`, type: 'Normal' };
}

function change(life: GroupLife, name: string, to: (container: ContainerLife) => ContainerLife): GroupLife {
  return {
    ...life,
    containers: life.containers.map((container) => (container.name === name ? to(container) : container)),
  };
}
