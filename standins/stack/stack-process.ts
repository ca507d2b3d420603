// One process of the stack: started, watched, its lines kept, ended without leaving anything behind.
import { type ChildProcess, spawn } from 'node:child_process';
import { type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

import { LastLines } from './last-lines';

/** In the order in which they stand on each other; they are ended the other way round. */
export const PROCESS_NAMES = ['azurite', 'aci-emulator', 'functions-host'] as const;
export type ProcessName = (typeof PROCESS_NAMES)[number];

/** How to start one process of the stack, and how to tell that it is up. */
export interface ProcessPlan {
  readonly name: ProcessName;
  readonly file: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Makes a judge for one start: called with each line of standard output, true once the process is up. */
  readonly readiness: () => (line: string) => boolean;
}

/** How a process ended; exactly one of the two is set. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface StackProcess {
  readonly name: ProcessName;
  readonly pid: number | undefined;
  /** Resolves when it is up; rejects, with its last lines, when it ends or stays silent before that. */
  readonly ready: Promise<void>;
  /** Resolves when it has ended, for whatever reason; never rejects. */
  readonly ended: Promise<Ending>;
  lastLines(): readonly string[];
  kill(signal: NodeJS.Signals): void;
  /** SIGTERM, then SIGKILL after a while; resolves when it has ended. */
  stop(): Promise<void>;
}

/** Longest start that is waited for, milliseconds: a start takes about one second, a loaded machine many. */
const READY_WITHIN_MS = 60_000;

/** From SIGTERM to SIGKILL, milliseconds: the functions host finishes what it has in flight. */
const GRACE_MS = 8000;

/** Starts `plan`; every line it writes also goes to `log`. Never throws: a failed start rejects `ready`. */
export function startProcess(plan: ProcessPlan, cwd: string, log: WriteStream): StackProcess {
  const child = spawn(plan.file, plan.args, {
    cwd,
    env: plan.environment,
    // A group of its own: Ctrl-C reaches the stack alone, which then ends its processes in order.
    detached: true,
    // Standard input is the line by which it notices our death (end-with-parent).
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined); // Nothing is ever written: EPIPE means no more than that it ended.
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
  ready.catch(() => undefined); // Whoever awaits it is told; a process that is stopped early has nobody to tell.
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
