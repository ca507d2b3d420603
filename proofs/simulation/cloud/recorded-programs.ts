// The programs of a run's workloads: scripts, with a record of what they did.
import type {
  ContainerListener,
  ContainerRuntime,
  ContainerStart,
} from '../../../standins/containers/runtime';
import { createScriptedRuntime } from '../../../standins/containers/scripted';
import { programOf, scriptOf } from '../users/program';
import type { World } from '../world/world';
import type { CloudRecord } from './cloud-record';
import { UNPULLABLE } from './group-plan';

/** Where it is recorded what a program does: the record, and the workload's name in it. */
export interface Subject {
  readonly record: CloudRecord;
  readonly name: string;
  /** The platform has started it beside the job's own: what it prints is not the job's. */
  readonly isAside?: boolean;
  /** Once it has ended, its log can't be read. */
  readonly hidesLogAtEnd?: boolean;
  /** Once it has ended, nothing tells its exit code, unless it is 0. */
  readonly hidesExitCode?: boolean;
}

/** `subjectOf` says whose program the one is that starts under this name. */
export function recordedPrograms(world: World, subjectOf: (startedAs: string) => Subject): ContainerRuntime {
  const scripted = createScriptedRuntime(
    world.time.timers,
    (start) => {
      const { record, name } = subjectOf(start.groupName);
      return scriptOf(programOf(start), record.startsOf(name));
    },
    (image) =>
      image.includes(UNPULLABLE)
        ? { kind: 'unpullable', why: 'the registry closed the connection' }
        : { kind: 'known' },
  );
  return {
    ...scripted,
    start: (container: ContainerStart, listener: ContainerListener) => {
      const subject = subjectOf(container.groupName);
      const { record, name, isAside = false } = subject;
      const run = isAside ? record.startedBeside(name) : record.started(name);
      world.tell('platform', `program of ${name} starts`);
      const started = scripted.start(container, {
        onOutput: (bytes) => {
          if (!isAside) record.printed(name, bytes);
          listener.onOutput(bytes);
        },
        onExit: (exit) => {
          world.tell('platform', `program of ${name} ends with ${exit.exitCode}`);
          run.ended(exit.exitCode);
          if (!isAside && subject.hidesLogAtEnd === true) record.logHidden(name);
          if (!isAside && subject.hidesExitCode === true && exit.exitCode !== 0) record.disrupted(name);
          listener.onExit(exit);
        },
      });
      if (started.kind !== 'running') return started;
      return {
        ...started,
        stop: (graceMs) => {
          run.stopped();
          started.stop(graceMs);
        },
      };
    },
  };
}
