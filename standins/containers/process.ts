// Runs containers as processes of this machine: known images by the programs that replace them.
import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { join } from 'node:path';

import type { AddedImages } from './added-images';
import { isUnstartable, type StandIn, standInFor, standingOf, UNMET_REQUIREMENT } from './known-images';
import { mountedFolder, withMountedPaths } from './mounted-paths';
import type {
  ContainerExit,
  ContainerListener,
  ContainerRuntime,
  ContainerStart,
  RunningContainer,
} from './runtime';
import { startFailureOf } from './start-failure';
import { type WardenOrder, type WardenReport, wardenReportSchema } from './warden-protocol';

export interface ProcessRuntimeOptions {
  /** The folder of the built program, with `standins/` and `samples/` in JavaScript. */
  readonly builtRoot: string;
  /** Between SIGTERM and SIGKILL, milliseconds. */
  readonly stopGraceMs: number;
  /** Images that have programs besides ours. */
  readonly addedImages?: AddedImages;
  /** Images and repositories whose programs are not to be started. */
  readonly unstartable?: readonly string[];
  /** Called once, the first time that a group runs a command on this machine itself. */
  readonly onHostProcess?: (start: ContainerStart) => void;
}

/** A process that outlives its program may hold the output open. After this many milliseconds nothing waits for it. */
const OUTPUT_GRACE_MS = 500;

export function createProcessRuntime(options: ProcessRuntimeOptions): ContainerRuntime {
  const running = new Set<{ kill: () => void; ended: Promise<void> }>();
  let hostProcessTold = false;
  return {
    lookUp: (image) => standingOf(image, options.addedImages),
    start: (container, listener) => {
      if (isUnstartable(container.image, options.unstartable ?? []))
        return { kind: 'not-started', why: UNMET_REQUIREMENT };
      const standIn = standInFor(container.image, options.addedImages);
      if (!standIn) throw new Error(`No program stands in for image ${container.image}.`);
      if (standIn.kind === 'host-process' && !hostProcessTold) {
        hostProcessTold = true;
        options.onHostProcess?.(container);
      }
      const program = programOf(options.builtRoot, standIn, container);
      const why = startFailureOf(program.file, environmentOf(container)['PATH'] ?? '');
      if (why !== undefined) return { kind: 'not-started', why };
      const guarded = guard(options, program, container, listener);
      running.add(guarded);
      void guarded.ended.then(() => running.delete(guarded));
      return guarded.container;
    },
    close: async () => {
      for (const guarded of running) guarded.kill();
      await Promise.all([...running].map(({ ended }) => ended));
    },
  };
}

interface Guarded {
  readonly container: RunningContainer;
  readonly kill: () => void;
  readonly ended: Promise<void>;
}

/** The program of a container: its command, or what replaces the image's entrypoint. */
function programOf(builtRoot: string, standIn: StandIn, start: ContainerStart): Program {
  const led = (words: readonly string[]): string[] =>
    words.map((word) => withMountedPaths(word, start.mounts));
  const args = led(start.args ?? []);
  if (standIn.kind === 'script') {
    return {
      file: process.execPath,
      args: [join(builtRoot, standIn.script), ...argumentsOf(led(start.command)), ...args],
    };
  }
  const [file, ...rest] = [...led(start.command.length > 0 ? start.command : standIn.command), ...args];
  return { file: file ?? '', args: rest };
}

interface Program {
  readonly file: string;
  readonly args: string[];
}

/**
 * The arguments that a group's command gives to a stand-in. The program that the command names isn't on this machine.
 */
function argumentsOf(command: readonly string[]): readonly string[] {
  const firstOption = command.findIndex((word) => word.startsWith('-'));
  return firstOption === -1 ? [] : command.slice(firstOption);
}

function guard(
  options: ProcessRuntimeOptions,
  program: Program,
  start: ContainerStart,
  listener: ContainerListener,
): Guarded {
  const warden = spawn(process.execPath, [join(options.builtRoot, 'standins/containers/warden.js')], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  const line = warden.stdio[3];
  if (!(line instanceof Socket)) throw new TypeError('A warden is reached over a socket on descriptor 3.');
  const say = (order: WardenOrder): void => void line.write(`${JSON.stringify(order)}\n`);
  const folder = workingFolder(start);
  say({
    kind: 'run',
    ...program,
    environment: environmentOf(start),
    ...(folder !== undefined && { folder }),
  });
  line.on('error', () => undefined); // The warden has ended; its exit tells the rest.
  warden.stdout?.on('data', (bytes: Buffer) => listener.onOutput(bytes));

  const ended = watch(warden, line, listener).then((exit) => listener.onExit(exit));
  return {
    container: {
      kind: 'running',
      stop: (graceMs = options.stopGraceMs) => say({ kind: 'stop', graceMs }),
    },
    kill: () => line.destroy(),
    ended,
  };
}

/** The variables that a program finds in its environment. */
function environmentOf({ environment, mounts }: ContainerStart): Readonly<Record<string, string>> {
  const led = Object.entries(environment).map(([name, value]): [string, string] => [
    name,
    withMountedPaths(value, mounts),
  ]);
  return { PATH: process.env['PATH'] ?? '', ...Object.fromEntries(led) };
}

/** Only a folder that is mounted is on this machine. Elsewhere a program starts in its temporary folder. */
function workingFolder({ workingDir, mounts }: ContainerStart): string | undefined {
  return workingDir === undefined ? undefined : mountedFolder(workingDir, mounts);
}

/**
 * Resolves with how the program ended, once its output has been read. If the system can't run it, the cause is its
 * output, as in a container.
 */
async function watch(
  warden: ChildProcess,
  line: Socket,
  listener: ContainerListener,
): Promise<ContainerExit> {
  const failed = (why: string): ContainerExit => {
    listener.onOutput(Buffer.from(`${why}\n`));
    return { exitCode: COULD_NOT_START };
  };
  let pid: number | undefined;
  let exit: ContainerExit | undefined;
  readReports(line, (report) => {
    switch (report.kind) {
      case 'started':
        pid = report.pid;
        return;
      case 'not-started':
        exit = failed(report.why);
        return;
      case 'exited':
        exit = { exitCode: report.exitCode };
        return;
    }
  });
  await new Promise<void>((resolve) => {
    let grace: NodeJS.Timeout | undefined;
    warden.once('error', (error) => {
      exit = failed(error.message);
      resolve();
    });
    warden.once('exit', () => {
      if (exit === undefined && pid !== undefined) killGroup(pid); // The warden itself was killed.
      grace = setTimeout(() => warden.stdout?.destroy(), OUTPUT_GRACE_MS);
    });
    warden.once('close', () => {
      clearTimeout(grace);
      resolve();
    });
  });
  if (exit) return exit;
  // Without a report it was killed with its program, or it failed at its own work, which its standard error tells.
  return warden.exitCode === null || warden.exitCode === 0
    ? { exitCode: KILLED }
    : failed(`the program's warden failed with ${warden.exitCode}`);
}

/** What a shell answers for a program that can't be run. */
const COULD_NOT_START = 127;
/** 128 + SIGKILL. */
const KILLED = 137;

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is empty.
  }
}

function readReports(line: Socket, onReport: (report: WardenReport) => void): void {
  let unread = '';
  line.setEncoding('utf8');
  line.on('data', (text: string) => {
    const reports = (unread + text).split('\n');
    unread = reports.pop() ?? '';
    for (const report of reports) onReport(wardenReportSchema.parse(JSON.parse(report)));
  });
}
