// A process that guards one program: starts it in a process group of its own and ends the whole group when told to, or
// when whoever started the warden is gone. Runs by itself; what it does and says goes over file descriptor 3.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
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
      program?.kill('SIGTERM'); // To the program alone, as a container's first process gets it.
      setTimeout(killGroup, order.graceMs);
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

function start({ file, args, environment }: Extract<WardenOrder, { kind: 'run' }>): ChildProcess {
  // Both outputs are one and the same pipe, so that they keep the order in which they were written.
  const child = spawn(file, args, { cwd: folder, env: environment, detached: true, stdio: ['ignore', 1, 1] });
  child.once('spawn', () => report({ kind: 'started', pid: child.pid ?? 0 }));
  child.once('error', (error) => finish({ kind: 'not-started', why: error.message }));
  child.once('exit', (code, signal) =>
    finish({ kind: 'exited', exitCode: signal === null ? (code ?? 0) : 128 + constants.signals[signal] }),
  );
  return child;
}

/** What the program left running goes with it, as the processes of a container do with its first. */
function finish(last: WardenReport): void {
  killGroup();
  if (line.writable) line.end(`${JSON.stringify(last)}\n`, leave);
  else leave();
}

/** Nobody is there to report to: the program goes, and with its exit the warden. */
function abandon(): void {
  killGroup();
  if (program?.pid !== undefined && program.exitCode === null && program.signalCode === null) return;
  leave();
}

/** What was just killed may still be writing a file: removing its folder is tried again for a moment. */
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
    // The group is empty already, which macOS calls EPERM: that is what the kill was for.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
