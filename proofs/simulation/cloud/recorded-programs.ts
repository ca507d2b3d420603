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

export function recordedPrograms(world: World, record: CloudRecord): ContainerRuntime {
  const scripted = createScriptedRuntime(
    world.time.timers,
    (start) => scriptOf(programOf(start), record.startsOf(start.groupName)),
    (image) =>
      image.startsWith(UNPULLABLE)
        ? { kind: 'unpullable', why: 'the registry closed the connection' }
        : { kind: 'known' },
  );
  return {
    ...scripted,
    start: (container: ContainerStart, listener: ContainerListener) => {
      const ended = record.started(container.groupName);
      world.tell('platform', `program of ${container.groupName} starts`);
      return scripted.start(container, {
        onOutput: (bytes) => {
          record.printed(container.groupName, bytes);
          listener.onOutput(bytes);
        },
        onExit: (exit) => {
          world.tell('platform', `program of ${container.groupName} ends with ${exit.exitCode}`);
          ended(exit.exitCode);
          listener.onExit(exit);
        },
      });
    },
  };
}
