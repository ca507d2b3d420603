// The built functions host in a child process of a test, with an app of test/fixtures.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = resolve('dist/standins/functions-host/main.js');

export interface HostProcess {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly functions: readonly {
    readonly name: string;
    readonly type: string;
    readonly route?: string;
    readonly methods?: readonly string[];
  }[];
  /** What it has logged so far. */
  readonly log: () => string;
  /** Asks it to end (SIGTERM); resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a crash would; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts the host on a free port; rejects with its log when it does not come up. `npm run build` must have run. */
export async function startFunctionsHost(
  root: string,
  environment: Readonly<Record<string, string>>,
): Promise<HostProcess> {
  const { child, log } = spawnHost(root, environment);
  const [ready] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => [undefined]),
  ]);
  if (typeof ready !== 'string') throw new Error(`The host did not come up:\n${log()}`);
  const { url, functions } = JSON.parse(ready) as Pick<HostProcess, 'url' | 'functions'>;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
    return child.exitCode;
  };
  return {
    url,
    functions,
    log,
    stop: () => end('SIGTERM'),
    kill: async () => {
      await end('SIGKILL');
    },
  };
}

/** Runs the host until it ends by itself: for apps that it refuses. */
export async function runFunctionsHost(
  root: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ exitCode: number | null; log: string }> {
  const { child, log } = spawnHost(root, environment);
  await once(child, 'close');
  return { exitCode: child.exitCode, log: log() };
}

function spawnHost(
  root: string,
  environment: Readonly<Record<string, string>>,
): { child: ChildProcess & { stdout: NodeJS.ReadableStream }; log: () => string } {
  const child = spawn(process.execPath, [MAIN, '--root', root, '--port', '0'], {
    env: { PATH: process.env['PATH'], TZ: 'UTC', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  child.once('exit', () => process.removeListener('exit', killWithUs));
  const lines: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  return { child, log: () => lines.join('') };
}

/** Tries until `look` yields something, every 50 ms; throws with `what` after `withinMs`. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  withinMs = 15_000,
): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error(`Waited ${withinMs} ms in vain: ${what}.`);
    await new Promise((later) => setTimeout(later, 50));
  }
}
