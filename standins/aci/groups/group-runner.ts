// Keeps a group's state, does what the state machine asks for, and tells it the result.
import { createLogWindow, type LogWindow } from '../../containers/log-window';
import type { ProgramEntry } from '../../containers/program-book';
import type { ContainerRuntime, ContainerStart, RunningContainer } from '../../containers/runtime';
import type { Clock } from '../../kernel/clock';
import type { Timer, Timers } from '../../kernel/timers';
import type { Effect, Happening } from '../happening';
import type { AciSettings } from '../settings';
import { type ContainerPlan, type GroupLife, newLife, step } from './group-lifecycle';
import type { GroupVolumes } from './group-volumes';
import type { RestartPolicy } from './restart-policy';

export interface GroupRunnerPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly runtime: ContainerRuntime;
  readonly settings: AciSettings;
  /** Records a start of a program. */
  readonly startProgram: (container: string, startedAt: number) => ProgramEntry;
  /** The group's volumes, mounted anew for each incarnation. */
  readonly volumes: GroupVolumes;
  /** Why the platform will give the first provisioning up, if it will. */
  readonly refusal?: string;
}

/** The program of a container. Those with `init` run first. */
export interface RunnableContainer extends Omit<ContainerStart, 'groupName' | 'mounts'> {
  readonly init: boolean;
}

export interface GroupRunner {
  readonly life: () => GroupLife;
  /** Stops the group, or starts it, which restarts what runs. */
  tell(happening: Extract<Happening, { kind: 'stop' | 'start' }>): void;
  /** Ends all programs and runs these containers instead: as an update, which keeps events, or as a new group. */
  replace(
    policy: RestartPolicy,
    containers: readonly RunnableContainer[],
    volumes: GroupVolumes,
    as: 'update' | 'new',
  ): void;
  /** The output of the container's present or last program; undefined before its first and after a stop. */
  log(container: string): LogWindow | undefined;
  /** Ends all programs for good. Calls `onEnded` when the last has ended. */
  end(onEnded: () => void): void;
}

/** Brings a group to life: provisioning begins at once. */
export function runGroup(
  ports: GroupRunnerPorts,
  groupName: string,
  restartPolicy: RestartPolicy,
  firstContainers: readonly RunnableContainer[],
): GroupRunner {
  const { clock, timers, runtime, settings } = ports;
  const backOffs = { restartMs: settings.restartBackOffMs, pullMs: settings.pullBackOffMs };
  const programs = new Set<RunningContainer>();
  const waiting = new Set<Timer>();
  const logs = new Map<string, LogWindow>();
  /** Called when the last program has ended. */
  let whenIdle: (() => void) | undefined;
  let containers = firstContainers;
  let { volumes } = ports;
  let mounts: ReturnType<GroupVolumes['mount']>;
  const first = newLife(restartPolicy, plansOf(firstContainers));
  let life = first.life;
  let over = false;

  /** Returns `then` in a form that does nothing if the group has gone on to another incarnation by that time. */
  const ifStill = (then: () => void): (() => void) => {
    const { incarnation } = life;
    return () => {
      if (!over && life.incarnation === incarnation) then();
    };
  };

  const later = (afterMs: number, then: () => void): void => {
    const still = ifStill(then);
    const timer = timers.after(afterMs, () => {
      waiting.delete(timer);
      still();
    });
    waiting.add(timer);
  };

  const happen = (happening: Happening): void => {
    const next = step(life, happening, clock.now(), backOffs);
    life = next.life;
    for (const effect of next.effects) act(effect);
  };

  const act = (effect: Effect): void => {
    switch (effect.kind) {
      case 'end-programs':
        endPrograms();
        return;
      case 'provision':
        later(settings.provisioningTimeoutMs, () => happen({ kind: 'timed-out' }));
        later(settings.provisionMs, () => onceIdle(ifStill(provisioned)));
        return;
      case 'mount-again':
        later(effect.afterMs, provisioned);
        return;
      case 'pull':
        later(settings.pullMs, () => pull(effect.container));
        return;
      case 'run':
        run(effect.container);
        return;
      case 'later':
        later(effect.afterMs, () => happen(effect.happening));
        return;
    }
  };

  const provisioned = (): void => {
    const why = life.incarnation === 1 ? ports.refusal : undefined;
    if (why !== undefined) {
      happen({ kind: 'refused', why });
      return;
    }
    mounts = volumes.mount();
    happen({ kind: mounts === undefined ? 'mount-failed' : 'provisioned' });
  };

  const pull = (container: string): void => {
    const image = containers.find(({ containerName }) => containerName === container)?.image ?? '';
    const standing = runtime.lookUp(image);
    if (standing.kind === 'known') {
      happen({ kind: 'pulled', container });
      return;
    }
    const why = standing.kind === 'unpullable' ? standing.why : `image ${image} not found`;
    happen({ kind: 'pull-failed', container, why });
  };

  const run = (name: string): void => {
    const container = containers.find(({ containerName }) => containerName === name);
    if (!container) throw new Error(`Group ${groupName} has no container ${name} to run.`);
    const { incarnation } = life;
    const live = (): boolean => !over && life.incarnation === incarnation;
    const log = createLogWindow(settings.logLimits);
    const program = runtime.start(
      { ...container, groupName, mounts: mounts?.get(name) ?? [] },
      {
        onOutput: (bytes) => {
          entry.printed(bytes);
          log.append(bytes, clock.now());
        },
        onExit: ({ exitCode }) => {
          if (program.kind === 'running') programs.delete(program);
          entry.ended(clock.now(), exitCode);
          log.end();
          if (live()) happen({ kind: 'ended', container: name, exitCode });
          if (programs.size === 0) whenIdle?.();
        },
      },
    );
    if (program.kind === 'not-started') {
      happen({ kind: 'not-started', container: name, why: program.why });
      return;
    }
    // No listener is called before this returns, so the program counts from here.
    const entry = ports.startProgram(name, clock.now());
    logs.set(name, log);
    programs.add(program);
    happen({ kind: 'started', container: name });
  };

  const endPrograms = (): void => {
    for (const timer of waiting) timer.cancel();
    waiting.clear();
    logs.clear();
    for (const program of programs) program.stop();
  };

  /** Runs `then` when no program of this group is left. A later call replaces an earlier one. */
  const onceIdle = (then: () => void): void => {
    const idle = (): void => {
      whenIdle = undefined;
      then();
    };
    if (programs.size === 0) idle();
    else whenIdle = idle;
  };

  for (const effect of first.effects) act(effect);

  return {
    life: () => life,
    tell: happen,
    replace: (policy, next, nextVolumes, as) => {
      happen({ kind: 'stop' });
      containers = next;
      const former = volumes;
      volumes = { ...nextVolumes, mount: () => (former.unmount(), nextVolumes.mount()) };
      const fresh = newLife(policy, plansOf(next)).life;
      const before = as === 'update' ? life.containers : [];
      life = {
        ...fresh,
        incarnation: life.incarnation,
        containers: fresh.containers.map((container) => ({
          ...container,
          events: before.find(({ name }) => name === container.name)?.events ?? [],
        })),
      };
      happen({ kind: 'start' });
      if (as === 'new') life = { ...life, deployment: 'Pending' };
    },
    log: (container) => logs.get(container),
    end: (onEnded) => {
      over = true;
      for (const timer of waiting) timer.cancel();
      for (const program of programs) program.stop();
      onceIdle(() => {
        volumes.unmount();
        onEnded();
      });
    },
  };
}

function plansOf(containers: readonly RunnableContainer[]): ContainerPlan[] {
  return containers.map(({ containerName, image, init }) => ({ name: containerName, image, init }));
}
