// The local functions host as a process: `node main.js [--port N] [--root DIR]`.
import { inspect } from 'node:util';

import { createDurableEngine } from '../durable/engine';
import { systemClock } from '../kernel/clock';
import { lockState } from '../kernel/state-lock';
import { systemTimers } from '../kernel/timers';
import type { WriteLog } from './app/app-log';
import { asError } from './app/invoke';
import { type RunningHost, startHost } from './host';
import { readHostSettings } from './host-settings';
import { captureConsole, createLogWriter } from './log-lines';

/** How long a stop lets what is under way go on, in ms. */
const GRACE_MS = 5_000;
/** A stop that takes longer is cut off, in ms. Nothing is lost: what was under way goes on at the next start. */
const STOP_BOUND_MS = 8_000;

async function main(): Promise<void> {
  const settings = readHostSettings(process.argv.slice(2), process.env, process.cwd());
  const log = createLogWriter(
    settings.logLevel,
    () => new Date(systemClock.now()),
    (text) => process.stderr.write(text),
  );
  captureConsole(console, log);
  await lockState(settings.stateFolder, 'functions-host', 'a functions host');
  const host = await startHost({
    ...settings,
    environment: process.env,
    clock: systemClock,
    timers: systemTimers,
    log,
    createEngine: createDurableEngine,
  });
  stopOnSignals(host, log);
  process.stdout.write(
    `${JSON.stringify({ ready: 'functions-host', url: host.url, functions: host.functions })}\n`,
  );
}

function stopOnSignals(host: RunningHost, log: WriteLog): void {
  let stopping = false;
  const stop = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    log({ level: 'information', category: 'system', message: `Stopping: ${reason}.` });
    setTimeout(() => process.exit(0), STOP_BOUND_MS).unref();
    host.stop(GRACE_MS).then(
      () => process.exit(0),
      (error: unknown) => fail(asError(error)),
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => {
    if (stopping) process.exit(1); // Ctrl-C twice means a user in a hurry.
    stop('SIGINT');
  });
  // Started with an IPC channel, the host does not outlive its parent.
  process.once('disconnect', () => stop('the parent process is gone'));
}

function fail(error: Error): never {
  process.stderr.write(`${new Date(systemClock.now()).toISOString()} fatal host: ${inspect(error)}\n`);
  process.exit(1);
}

main().catch((error: unknown) => fail(asError(error)));
