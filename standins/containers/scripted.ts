// Runs containers that print given texts at given times and end as told. They need no process and work with any clock.
import type { Timer, Timers } from '../kernel/timers';
import type { ContainerRuntime, ContainerStart, ImageStanding } from './runtime';

/** What a container does. Times are in milliseconds from its start. */
export interface Script {
  readonly prints: readonly { readonly atMs: number; readonly text: string | Buffer }[];
  /** How it ends; absent: it runs until it is stopped. */
  readonly exit?: { readonly atMs: number; readonly code: number };
  /**
   * What it does when it is asked to end; times in milliseconds from then. Without an `exit` it goes on until it is
   * killed. By default it ends at once.
   */
  readonly onStop?: Pick<Script, 'prints' | 'exit'>;
  /** The system takes it for taking too much memory: its exit is told so. */
  readonly outOfMemory?: boolean;
  /** What it leaves in the file for its last words. */
  readonly lastWords?: string;
  /** Why the program can't be started, in the words of a container runtime; absent: it can. */
  readonly cannotStart?: string;
}

/** Exit code of a program ended by SIGTERM: 128 + 15. */
const TERMINATED = 143;
/** From SIGTERM to SIGKILL where nobody says how long: Kubernetes' default. */
const STOP_GRACE_MS = 30_000;
/** 128 + SIGKILL. */
const KILLED = 137;

/** `scriptFor` may give each start of a container another script; undefined means an unknown image. */
export function createScriptedRuntime(
  timers: Timers,
  scriptFor: (start: ContainerStart) => Script,
  standingOf: (image: string) => ImageStanding = () => ({ kind: 'known' }),
): ContainerRuntime {
  /** For each program that runs, the function that ends it with an exit code. */
  const running = new Set<(exitCode: number) => void>();
  return {
    lookUp: standingOf,
    start: (container, listener) => {
      const script = scriptFor(container);
      if (script.cannotStart !== undefined) return { kind: 'not-started', why: script.cannotStart };
      const pending: Timer[] = script.prints.map(({ atMs, text }) =>
        timers.after(atMs, () => listener.onOutput(Buffer.from(text))),
      );
      const end = (exitCode: number): void => {
        if (!running.delete(end)) return;
        for (const timer of pending) timer.cancel();
        listener.onExit({
          exitCode,
          ...(script.outOfMemory === true && { outOfMemory: true }),
          ...(script.lastWords !== undefined && { lastWords: script.lastWords }),
        });
      };
      const stop = (graceMs = STOP_GRACE_MS): void => {
        if (!running.has(end)) return;
        if (graceMs === 0) {
          pending.push(timers.after(0, () => end(KILLED)));
          return;
        }
        const { prints, exit: yields } = script.onStop ?? { prints: [], exit: { atMs: 0, code: TERMINATED } };
        for (const { atMs, text } of prints)
          pending.push(timers.after(atMs, () => listener.onOutput(Buffer.from(text))));
        if (yields) pending.push(timers.after(yields.atMs, () => end(yields.code)));
        pending.push(timers.after(graceMs, () => end(KILLED)));
      };
      running.add(end);
      const { exit } = script;
      // This timer is set last, so text that is printed at the moment of the exit is printed before it.
      if (exit) pending.push(timers.after(exit.atMs, () => end(exit.code)));
      return { kind: 'running', stop };
    },
    close: () => {
      for (const end of [...running]) end(KILLED);
      return Promise.resolve();
    },
  };
}
