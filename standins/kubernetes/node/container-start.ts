// One start of one container: its image, its environment, the program.
import type { ContainerMount } from '../../containers/mounted-paths';
import type { RunningContainer } from '../../containers/runtime';
import type { Happening } from '../events/event-recorder';
import type { Pod } from '../model/pod';
import { mountsOf } from '../volumes/container-mounts';
import { ConfigError, environmentOf, expanded } from './environment';
import type { KubeletPorts, Machine } from './kubelet-ports';
import { lastWordsOf } from './last-words';
import { type ImageOutcome, obtainImage } from './obtain-image';
import type { ContainerLife, Ended, LifeState } from './pod-life';
import type { PodLogs } from './pod-logs';

export interface ContainerStartContext {
  readonly ports: KubeletPorts;
  readonly machine: Machine;
  readonly logs: PodLogs;
  readonly pod: () => Pod;
  /** The pod's volumes: their folders by their names. */
  readonly folders: () => ReadonlyMap<string, string>;
  readonly after: (delayMs: number, act: () => void) => void;
  /** Whether the pod is being ended: then nothing is started. */
  readonly halted: () => boolean;
  readonly life: () => ContainerLife | undefined;
  readonly tell: (happening: Happening) => void;
  readonly change: (changes: Partial<ContainerLife>) => void;
  readonly started: (container: RunningContainer) => void;
  readonly ended: (ended: Ended) => void;
}

/** Tries until the container has started, with growing pauses; then it is the caller's. */
export function startContainer(context: ContainerStartContext, tries = 0): void {
  const { ports, machine, after, halted, tell, change } = context;
  const one = context.life();
  if (!one || halted()) return;
  const { firstMs, mostMs } = ports.life.backOff;
  const say = (happening: Omit<Happening, 'fieldPath'>): void =>
    tell({ ...happening, fieldPath: pathOf(one) });
  const againIn = (delayMs: number): void => after(delayMs, () => startContainer(context, tries + 1));
  const again = (): void => againIn(Math.min(mostMs, firstMs * 2 ** tries));
  /** What needs no pull is tried once more at the kubelet's next look, then as seldom as a pull (recorded: L9, L11). */
  const againSoon = (): void => {
    if (tries === 0) againIn(ports.life.noticeMs);
    else again();
  };

  obtainImage(ports, machine, one.container, say, (outcome) => {
    if (halted()) return;
    if (outcome.kind === 'have') {
      create(context, one, outcome, say, againSoon);
      return;
    }
    const { backOff } = outcome;
    if (backOff) {
      const nextPullAt = ports.clock.now() + Math.min(mostMs, firstMs * 2 ** tries);
      backOffPull(context, { failed: outcome.state, backOff, nextPullAt, tries });
      return;
    }
    change({ state: outcome.state });
    againSoon();
  });
}

interface FailedPull {
  readonly failed: LifeState;
  readonly backOff: LifeState;
  readonly nextPullAt: number;
  readonly tries: number;
}

/**
 * After a failed pull a kubelet looks at the pod again when it sees the new sandbox, and then each time that its own
 * back-off has passed. Each look tells the state that the one before found (recorded: L8-07).
 */
function backOffPull(
  context: ContainerStartContext,
  { failed, backOff, nextPullAt, tries }: FailedPull,
): void {
  const { ports, after, halted, tell, change } = context;
  const { noticeMs, backOff: times } = ports.life;
  const look = (found: LifeState): void => {
    const one = context.life();
    if (!one || halted()) return;
    if (ports.clock.now() >= nextPullAt) {
      change({ state: found });
      startContainer(context, tries + 1);
      return;
    }
    const fieldPath = pathOf(one);
    const message = `Back-off pulling image "${one.container.image}"`;
    tell({ type: 'Normal', reason: 'BackOff', message, fieldPath });
    tell({ type: 'Warning', reason: 'Failed', message: 'Error: ImagePullBackOff', fieldPath });
    change({ state: found });
    after(times.firstMs * LOOK_FACTOR, () => look(backOff));
  };
  after(noticeMs, () => look(failed));
}

/** A kubelet looks again at a pod that it could not start after its back-off of 10 s and up to half as much more. */
const LOOK_FACTOR = 1.25;

function pathOf({ init, container }: ContainerLife): string {
  return `spec.${init ? 'initContainers' : 'containers'}{${container.name}}`;
}

function create(
  context: ContainerStartContext,
  one: ContainerLife,
  { image, imageID }: ImageOutcome & { readonly kind: 'have' },
  say: (happening: Omit<Happening, 'fieldPath'>) => void,
  again: () => void,
): void {
  const { ports, after, halted, change } = context;
  const found = surroundingsOf(context, one);
  if (typeof found === 'string') {
    say({ type: 'Warning', reason: 'Failed', message: `Error: ${found}` });
    change({ state: { kind: 'waiting', reason: 'CreateContainerConfigError', message: found } });
    again();
    return;
  }
  const containerID = `containerd://${ports.random.hex(64)}`;
  say({ type: 'Normal', reason: 'Created', message: 'Container created' });
  after(ports.life.startMs, () => {
    if (halted()) return;
    const startedAt = ports.clock.now();
    const failed = run(context, one, found, containerID, startedAt);
    if (failed !== undefined) {
      const message = `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${failed}: unknown`;
      say({ type: 'Warning', reason: 'Failed', message: `Error: ${message}` });
      // Not written before the kubelet notices that the container is not running.
      change({ image, imageID, containerID, state: { ...startError(message, startedAt), containerID } });
      context.ended({ ...startError(message, startedAt), containerID });
      return;
    }
    say({ type: 'Normal', reason: 'Started', message: 'Container started' });
    change({ image, imageID, containerID, state: { kind: 'running', startedAt } });
  });
}

/** 128, as containerd says of what never ran. */
const START_ERROR = 128;

function startError(message: string, finishedAt: number): Omit<Ended, 'containerID'> {
  return {
    kind: 'terminated',
    exitCode: START_ERROR,
    reason: 'StartError',
    message,
    startedAt: 0,
    finishedAt,
  };
}

interface Surroundings {
  readonly environment: Readonly<Record<string, string>>;
  readonly mounts: readonly ContainerMount[];
}

/** What the container finds around it, or why it can't be had. */
function surroundingsOf(
  { ports, pod, folders }: ContainerStartContext,
  { container }: ContainerLife,
): Surroundings | string {
  try {
    const environment = environmentOf(ports.store, pod(), container);
    return { environment, mounts: mountsOf(container, folders(), ports.disk, environment) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message;
  }
}

/** Starts the program; returns why it can't be started, if it can't. */
function run(
  { ports, logs, pod, started, ended }: ContainerStartContext,
  { container }: ContainerLife,
  { environment, mounts }: Surroundings,
  containerID: string,
  startedAt: number,
): string | undefined {
  const { clock, ledger, runtime } = ports;
  const { metadata } = pod();
  const filled = (words: readonly string[] = []): string[] =>
    words.map((word) => expanded(word, environment));
  const entry = ledger.program(metadata, container.name, startedAt);
  const log = logs.begin(container.name, (bytes) => entry.gone(bytes));
  const program = runtime.start(
    {
      groupName: metadata.name,
      containerName: container.name,
      image: container.image,
      command: filled(container.command),
      args: filled(container.args),
      environment,
      ...(mounts.length > 0 && { mounts }),
      ...(container.workingDir !== undefined && { workingDir: container.workingDir }),
    },
    {
      onOutput: (bytes) => {
        log.append(bytes, clock.now());
        entry.printed(bytes);
        logs.grown(log);
      },
      onExit: ({ exitCode, outOfMemory, lastWords }) => {
        const finishedAt = clock.now();
        log.end(finishedAt);
        entry.ended(finishedAt, exitCode);
        const message = lastWordsOf(container, log, exitCode, lastWords);
        const reason = outOfMemory === true ? 'OOMKilled' : exitCode === 0 ? 'Completed' : 'Error';
        ended({
          kind: 'terminated',
          exitCode,
          reason,
          ...(message !== undefined && { message }),
          startedAt,
          finishedAt,
          containerID,
        });
      },
    },
  );
  if (program.kind === 'not-started') {
    log.end(startedAt);
    entry.neverRan();
    return program.why;
  }
  started(program);
  return undefined;
}
