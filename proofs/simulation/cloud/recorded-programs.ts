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
      const { record, name } = subjectOf(container.groupName);
      const run = record.started(name);
      world.tell('platform', `program of ${name} starts`);
      const started = scripted.start(container, {
        onOutput: (bytes) => {
          record.printed(name, bytes);
          listener.onOutput(bytes);
        },
        onExit: (exit) => {
          world.tell('platform', `program of ${name} ends with ${exit.exitCode}`);
          run.ended(exit.exitCode);
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
