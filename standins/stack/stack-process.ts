// One process of the stack: starts it, watches it, keeps its last lines, and ends it without leaving anything behind.
import { type ChildProcess, spawn } from 'node:child_process';
import { type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

import { LastLines } from './last-lines';

/** In an order in which each relies on those before it. They are ended in reverse. */
export const PROCESS_NAMES = [
  'azurite',
  'aci-emulator',
  'kubernetes',
  'container-apps',
  'functions-host',
] as const;
export type ProcessName = (typeof PROCESS_NAMES)[number];

/** How to start one process of the stack, and how to tell that it is up. */
export interface ProcessPlan {
  readonly name: ProcessName;
  readonly file: string;
  readonly args: readonly string[];
  /** Where it stands; absent: in the repository's folder. */
  readonly cwd?: string;
  readonly environment: NodeJS.ProcessEnv;
  /**
   * Makes a judge for one start. It is called with each line of standard output and returns true once the process is
   * up.
   */
  readonly readiness: () => (line: string) => boolean;
}

/** How a process ended. Exactly one of the two is set. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface StackProcess {
  readonly name: ProcessName;
  readonly pid: number | undefined;
  /** Resolves when it is up. Rejects, with its last lines, if it ends or stays silent before that. */
  readonly ready: Promise<void>;
  /** Resolves when it has ended, for whatever reason; never rejects. */
  readonly ended: Promise<Ending>;
  lastLines(): readonly string[];
  kill(signal: NodeJS.Signals): void;
  /** SIGTERM, then SIGKILL after a while; resolves when it has ended. */
  stop(): Promise<void>;
}

/** How long to wait for a start, milliseconds. It takes about one second, on a loaded machine many. */
const READY_WITHIN_MS = 60_000;

/** From SIGTERM to SIGKILL, milliseconds: the functions host finishes what it has in flight. */
const GRACE_MS = 8000;

/**
 * Starts `plan`, in `folder` where it names none. Every line that it writes also goes to `log`. Never throws: a failed
 * start rejects `ready`.
 */
export function startProcess(plan: ProcessPlan, folder: string, log: WriteStream): StackProcess {
  const child = spawn(plan.file, plan.args, {
    cwd: plan.cwd ?? folder,
    env: plan.environment,
    // It gets a process group of its own. So Ctrl-C reaches the stack alone, which then ends its processes in order.
    detached: true,
    // Standard input is how it notices our death (end-with-parent).
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // Nothing is ever written to it, so EPIPE only means that the process ended.
  child.stdin.on('error', () => undefined);
  const lines = new LastLines();
  const isReady = plan.readiness();
  const ended = endingOf(child, lines);
  const ready = new Promise<void>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(describeFailure(plan.name, why, lines)));
    const timer = setTimeout(
      () => fail(`was not up within ${READY_WITHIN_MS / 1000} s`),
      READY_WITHIN_MS,
    ).unref();
    createInterface({ input: child.stdout }).on('line', (line) => {
      keep(line);
      if (!isReady(line)) return;
      clearTimeout(timer);
      resolve();
    });
    void ended.then((ending) => {
      clearTimeout(timer);
      fail(`ended before it was up (${describeEnding(ending)})`);
    });
  });
  // A caller that awaits it gets the rejection. If the process is stopped early, no caller does.
  ready.catch(() => undefined);
  createInterface({ input: child.stderr }).on('line', keep);
  process.once('exit', killGroup);
  void ended.then(() => process.removeListener('exit', killGroup));

  function keep(line: string): void {
    lines.add(line);
    log.write(`${line}\n`);
  }

  function killGroup(): void {
    signal(child, 'SIGKILL');
  }

  return {
    name: plan.name,
    pid: child.pid,
    ready,
    ended,
    lastLines: () => lines.toArray(),
    kill: (with_) => signal(child, with_),
    stop: async () => {
      signal(child, 'SIGTERM');
      const timer = setTimeout(killGroup, GRACE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** For a person: `exit code 1` or `SIGKILL`. */
export function describeEnding(ending: Ending): string {
  return ending.signal ?? `exit code ${ending.code ?? 'unknown'}`;
}

function describeFailure(name: ProcessName, why: string, lines: LastLines): string {
  const quoted = lines.toArray().map((line) => `  ${line}`);
  return [`${name} ${why}. Its last lines:`, ...(quoted.length > 0 ? quoted : ['  (it wrote none)'])].join(
    '\n',
  );
}

function endingOf(child: ChildProcess, lines: LastLines): Promise<Ending> {
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
    child.once('error', (error) => {
      lines.add(error.message);
      if (child.pid === undefined) resolve({ code: 127, signal: null });
    });
  });
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.exitCode === null && child.signalCode === null) child.kill(name);
}
