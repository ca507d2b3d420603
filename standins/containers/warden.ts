// A process that guards one program. It starts the program in a process group of its own, and ends the whole group when
// it is told to or when its starter is gone. It imports nothing of the emulator; its messages go over file descriptor
// 3.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

import { type WardenOrder, wardenOrderSchema, type WardenReport } from './warden-protocol';

const line = new Socket({ fd: 3 });
const folder = mkdtempSync(join(tmpdir(), 'gpu-jobs-container-'));
let program: ChildProcess | undefined;

let unread = '';
line.setEncoding('utf8');
line.on('data', (text: string) => {
  const orders = (unread + text).split('\n');
  unread = orders.pop() ?? '';
  for (const order of orders) obey(wardenOrderSchema.parse(JSON.parse(order)));
});
line.on('end', abandon);
line.on('close', abandon);
line.on('error', abandon);

function obey(order: WardenOrder): void {
  switch (order.kind) {
    case 'run':
      run(order);
      return;
    case 'stop':
      if (order.graceMs > 0) {
        program?.kill('SIGTERM'); // Only the program gets the signal, as only a container's first process gets it.
        setTimeout(killGroup, order.graceMs);
      } else killGroup();
      return;
  }
}

function run(order: Extract<WardenOrder, { kind: 'run' }>): void {
  try {
    program = start(order);
  } catch (error) {
    finish({ kind: 'not-started', why: error instanceof Error ? error.message : String(error) });
  }
}

function start({
  file,
  args,
  environment: env,
  folder: cwd = folder,
}: Extract<WardenOrder, { kind: 'run' }>): ChildProcess {
  mkdirSync(cwd, { recursive: true }); // As container runtimes make a working directory that the image lacks.
  // Both outputs are one pipe, so that they keep the order in which they were written.
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 1, 1] });
  child.once('spawn', () => report({ kind: 'started', pid: child.pid ?? 0 }));
  child.once('error', (error) => finish({ kind: 'not-started', why: error.message }));
  child.once('exit', (code, signal) =>
    finish({ kind: 'exited', exitCode: signal === null ? (code ?? 0) : 128 + constants.signals[signal] }),
  );
  return child;
}

/** Ends what the program left running, as the end of a container's first process ends the others. */
function finish(last: WardenReport): void {
  killGroup();
  if (line.writable) line.end(`${JSON.stringify(last)}\n`, leave);
  else leave();
}

/** There is no process left to report to. So the program is ended, and with its exit the warden. */
function abandon(): void {
  killGroup();
  if (program?.pid !== undefined && program.exitCode === null && program.signalCode === null) return;
  leave();
}

/**
 * Leaves, removing the folder. What was just killed may still be writing a file, so removing is tried again for a
 * moment.
 */
function leave(): never {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  process.exit(0);
}

function report(news: WardenReport): void {
  if (line.writable) line.write(`${JSON.stringify(news)}\n`);
}

function killGroup(): void {
  if (program?.pid === undefined) return;
  try {
    process.kill(-program.pid, 'SIGKILL');
  } catch (error) {
    // The group is empty already, which macOS reports as EPERM. That is what the kill was for.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
