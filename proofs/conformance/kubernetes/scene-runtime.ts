// Runs the programs of a scene by script: what they print and how they end, at the recorded times.
import type { ContainerRuntime, ContainerStart } from '../../../standins/containers/runtime';
import type { Timer, Timers } from '../../../standins/kernel/timers';
import type { Program } from './scene';

const PRIVATE = '127.0.0.1:5055/private/model:1';

/** 128 + SIGKILL. */
const KILLED = 137;

/** `programs` by shell command (the last word of `sh -c COMMAND`), or by image where there is no command. */
export function createSceneRuntime(
  timers: Timers,
  programs: Readonly<Record<string, Program>>,
): ContainerRuntime {
  const running = new Set<() => void>();
  return {
    lookUp: (image) => standingOf(image),
    start: (container, listener) => {
      const program = programOf(container, programs);
      if (program === undefined)
        return {
          kind: 'not-started',
          why: `exec: "${container.command[0] ?? ''}": stat ${container.command[0] ?? ''}: no such file or directory`,
        };
      const pending: Timer[] = (program.prints ?? []).map(({ atMs, text }) =>
        timers.after(atMs, () => listener.onOutput(Buffer.from(text))),
      );
      const end = (exitCode: number): void => {
        if (!running.delete(kill)) return;
        for (const timer of pending) timer.cancel();
        listener.onExit({
          exitCode,
          ...(program.outOfMemory === true && { outOfMemory: true }),
          ...(program.termination !== undefined && { lastWords: program.termination }),
        });
      };
      const kill = (): void => end(KILLED);
      running.add(kill);
      const { exit, onTerm } = program;
      if (exit) pending.push(timers.after(exit.atMs, () => end(exit.code)));
      return {
        kind: 'running',
        stop: (graceMs = 30_000) => {
          pending.push(timers.after(graceMs, kill));
          if (!onTerm || graceMs === 0) return;
          timers.after(onTerm.afterMs, () => {
            if (running.has(kill)) listener.onOutput(Buffer.from(onTerm.text));
            end(onTerm.code);
          });
        },
      };
    },
    close: () => {
      for (const kill of [...running]) kill();
      return Promise.resolve();
    },
  };
}

function programOf(
  { command, image }: ContainerStart,
  programs: Readonly<Record<string, Program>>,
): Program | undefined {
  if (command.length === 0) return programs[image] ?? { exit: { atMs: 1, code: 0 } };
  return programs[command.at(-1) ?? ''];
}

function standingOf(image: string): ReturnType<ContainerRuntime['lookUp']> {
  if (image === '127.0.0.1:5055/train/missing:v9') return { kind: 'inaccessible' };
  if (image !== PRIVATE) return { kind: 'known' };
  const unpack = `failed to pull and unpack image "${PRIVATE}": failed to resolve reference "${PRIVATE}"`;
  return {
    kind: 'unpullable',
    why: `${unpack}: pulling from host 127.0.0.1:5055 failed with status code [manifests 1]: 401 Unauthorized`,
  };
}
