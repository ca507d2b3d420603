// Runs one replica of an execution: its init containers one after the other, then its containers together.
import type { ContainerRuntime, RunningContainer } from '../../containers/runtime';
import type { Clock } from '../../kernel/clock';
import type { Timer, Timers } from '../../kernel/timers';
import type { ProgramEntry } from '../ledger';
import type { SystemEvent } from '../logs/system-events';
import type { Times } from '../times';
import type { Replica, ReplicaContainer } from './execution';
import type { ReplicaVolumes } from './replica-volumes';

export interface ReplicaPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly runtime: ContainerRuntime;
  readonly times: Times;
  /** How many times as long a pull takes now. */
  readonly pullFactor: () => number;
  /** The volumes, mounted; undefined where a share can't be. */
  readonly mount: () => ReplicaVolumes | undefined;
  /** The variables of a container, with the platform's own. */
  readonly environmentOf: (container: ReplicaContainer) => Readonly<Record<string, string>>;
  readonly tell: (event: Pick<SystemEvent, 'reason' | 'type' | 'message'>) => void;
  readonly startProgram: (container: string) => ProgramEntry;
}

export interface ReplicaRun {
  /** Ends its programs. What is left of their output still comes; `onEnded` does not. `reason`: why, in the log. */
  end(reason: string): void;
}

/** Begins at once; `onEnded` tells whether all of its containers ended with 0. */
export function runReplica(
  ports: ReplicaPorts,
  replica: Replica,
  onEnded: (succeeded: boolean) => void,
): ReplicaRun {
  const { clock, timers, runtime, times, tell } = ports;
  const programs = new Map<ReplicaContainer, RunningContainer>();
  const waiting = new Set<Timer>();
  let over = false;
  let volumes: ReplicaVolumes | undefined;

  /** Once nothing of it is left that might use them. */
  const unmountIfDone = (): void => {
    if (over && programs.size === 0) volumes?.unmount();
  };

  const later = (afterMs: number, then: () => void): void => {
    const timer = timers.after(afterMs, () => {
      waiting.delete(timer);
      if (!over) then();
    });
    waiting.add(timer);
  };

  const finish = (succeeded: boolean): void => {
    over = true;
    for (const timer of waiting) timer.cancel();
    for (const program of programs.values()) program.stop();
    unmountIfDone();
    replica.endedAt = clock.now();
    onEnded(succeeded);
  };

  const pull = (container: ReplicaContainer, then: () => void, failures = 0): void => {
    const { image, name } = container.spec;
    tell({ reason: 'PullingImage', type: 'Normal', message: `Pulling image '${image}'` });
    container.state = { kind: 'waiting', reason: 'PullingImage' };
    const took = times.pullMs * ports.pullFactor();
    later(took, () => {
      const standing = runtime.lookUp(image);
      if (standing.kind === 'known') {
        const message = `Successfully pulled image "${image}" in ${(took / 1000).toFixed(2)}s. Image size: 58720256 bytes.`;
        tell({ reason: 'PulledImage', type: 'Normal', message });
        then();
        return;
      }
      const why = standing.kind === 'unpullable' ? standing.why : notFound(standing.advice);
      for (const message of [
        `Failed to pull image "${image}": ${why}`,
        'Error: ErrImagePull',
        `Back-off pulling image "${image}"`,
      ])
        tell({ reason: 'ImagePullFailure', type: 'Warning', message });
      tellTerminated(name, '', 'ImagePullFailure');
      container.state = { kind: 'waiting', reason: 'ImagePullBackOff' };
      const { pullRetriesMs } = times;
      const wait = pullRetriesMs[Math.min(failures, pullRetriesMs.length - 1)] ?? 0;
      later(wait, () => pull(container, then, failures + 1));
    });
  };

  const tellTerminated = (name: string, code: number | '', reason: string): void =>
    tell({
      reason: 'ContainerTerminated',
      type: 'Warning',
      message: `Container '${name}' was terminated with exit code '${code}' and reason '${reason}'`,
    });

  const run = (container: ReplicaContainer, onExit: (exitCode: number) => void): void => {
    const { name, image, command = [], args = [] } = container.spec;
    tell({ reason: 'ContainerCreated', type: 'Normal', message: `Created container '${name}'` });
    const program = runtime.start(
      {
        groupName: replica.name,
        containerName: name,
        image,
        command,
        args,
        environment: ports.environmentOf(container),
        mounts: volumes?.of(container.spec) ?? [],
      },
      {
        onOutput: (bytes) => {
          entry.printed(bytes);
          container.console.append(bytes, clock.now());
        },
        onExit: ({ exitCode, outOfMemory = false }) => {
          programs.delete(container);
          unmountIfDone();
          entry.ended(clock.now(), exitCode);
          container.console.end(clock.now());
          if (container.state.kind !== 'running') return; // Ended by the platform, which has said so.
          const reason = outOfMemory ? 'OOMKilled' : exitCode === 0 ? 'Completed' : 'Error';
          const { startedAt } = container.state;
          container.state = { kind: 'terminated', startedAt, endedAt: clock.now(), exitCode, reason };
          // The system log names memory nowhere (reported): a kill for it is ProcessExited like any other.
          tellTerminated(name, exitCode, exitCode === 0 ? 'Completed' : 'ProcessExited');
          if (!over) onExit(exitCode);
        },
      },
    );
    if (program.kind === 'not-started') {
      const now = clock.now();
      container.state = { kind: 'terminated', endedAt: now, reason: 'ContainerCreateFailure' };
      container.console.end(now);
      tellTerminated(name, '', `ContainerCreateFailure'. ${program.why}`);
      finish(false);
      return;
    }
    const entry = ports.startProgram(name);
    programs.set(container, program);
    container.state = { kind: 'running', startedAt: clock.now() };
    tell({ reason: 'ContainerStarted', type: 'Normal', message: `Started container '${name}'` });
  };

  const startMain = (): void => {
    let left = replica.containers.length;
    for (const container of replica.containers)
      pull(container, () =>
        later(times.createMs, () =>
          run(container, () => {
            left -= 1;
            if (left > 0) return;
            finish(
              replica.containers.every(({ state }) => state.kind === 'terminated' && state.exitCode === 0),
            );
          }),
        ),
      );
  };

  const startInit = (index: number): void => {
    const container = replica.initContainers[index];
    if (!container) {
      startMain();
      return;
    }
    pull(container, () =>
      later(times.createMs, () =>
        run(container, (exitCode) => (exitCode === 0 ? startInit(index + 1) : finish(false))),
      ),
    );
  };

  const mount = (): void => {
    volumes = ports.mount();
    if (volumes !== undefined) {
      startInit(0);
      return;
    }
    for (const container of replica.containers) {
      container.state = { kind: 'terminated', endedAt: clock.now(), reason: 'VolumeMountFailure' };
      container.console.end(clock.now());
      tellTerminated(container.spec.name, '', 'VolumeMountFailure');
    }
    later(0, () => finish(false));
  };

  mount();
  return {
    end: (reason) => {
      if (over) return;
      over = true;
      for (const timer of waiting) timer.cancel();
      const now = clock.now();
      replica.endedAt = now;
      for (const [container, program] of programs) {
        const startedAt = container.state.kind === 'running' ? container.state.startedAt : now;
        container.state = { kind: 'terminated', startedAt, endedAt: now, reason };
        tellTerminated(container.spec.name, '', reason);
        program.stop();
      }
      unmountIfDone();
    },
  };
}

/** As a registry says it, and what to do about it on this machine. */
function notFound(advice: string | undefined): string {
  return ['pull access denied, repository does not exist', ...(advice === undefined ? [] : [advice])].join(
    '. ',
  );
}
