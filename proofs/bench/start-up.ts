// Measures the time from starting the stack's process to its first answered request, Azurite and emulator included.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { claimPorts, PORT_SETTINGS, type Ports } from '../../standins/stack/ports';
import { compiled } from '../../standins/stack/repository-root';

/** Milliseconds between two tries of the first request. */
const TRY_EVERY_MS = 5;

/** One start of `npm start` (without the build before it) with nothing stored; milliseconds. */
export async function measureStart(): Promise<number> {
  const state = await mkdtemp(join(tmpdir(), 'gpu-jobs-bench-'));
  const ports = await claimPorts({ functions: 0, aci: 0, blob: 0, queue: 0, table: 0 });
  const begun = performance.now();
  const stack = spawn(process.execPath, [compiled('standins/stack/start')], {
    env: { ...process.env, ...portSettings(ports), GPU_JOBS_LOCAL_STATE: state },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => stack.once('exit', () => resolve()));
  try {
    await firstAnswer(`http://127.0.0.1:${ports.functions}/api/jobs`, () => stack.exitCode === null);
    return performance.now() - begun;
  } finally {
    stack.kill('SIGTERM');
    await ended;
    await rm(state, { recursive: true, force: true });
  }
}

async function firstAnswer(url: string, isAlive: () => boolean): Promise<void> {
  while (isAlive()) {
    // The connection is refused: the app is not listening yet.
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok === true) return;
    await sleep(TRY_EVERY_MS);
  }
  throw new Error('The stack ended before it answered; its own words are above.');
}

function portSettings(ports: Ports): Record<string, string> {
  return {
    [PORT_SETTINGS.functions]: String(ports.functions),
    [PORT_SETTINGS.aci]: String(ports.aci),
    [PORT_SETTINGS.blob]: String(ports.blob),
    [PORT_SETTINGS.queue]: String(ports.queue),
    [PORT_SETTINGS.table]: String(ports.table),
  };
}
