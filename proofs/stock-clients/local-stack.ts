// `npm start -- --tls` as a user runs it, on free ports with a state of its own. What it prints tells its addresses.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { compiled, REPOSITORY_ROOT } from '../../standins/stack/repository-root';

export interface LocalStack {
  readonly api: string;
  readonly emulator: string;
  readonly tls: string;
  /** The certificate file that clients must trust. */
  readonly authority: string;
  stop(): Promise<void>;
}

/** What `npm start` writes before each address. */
const LABELS = { api: 'API', emulator: 'ACI emulator', tls: '… over TLS', authority: '… to trust' } as const;

/** Resolves when it says that it is up. Rejects with its output if it ends before that. */
export async function startLocalStack(stateFolder: string): Promise<LocalStack> {
  const child = spawn(process.execPath, [compiled('standins/stack/start'), '--tls'], {
    cwd: REPOSITORY_ROOT,
    env: {
      ...process.env,
      GPU_JOBS_LOCAL_STATE: stateFolder,
      ...Object.fromEntries(
        ['FUNCTIONS', 'ACI', 'ACI_TLS', 'BLOB', 'QUEUE', 'TABLE'].map((port) => [
          `GPU_JOBS_${port}_PORT`,
          '0',
        ]),
      ),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const said: string[] = [];
  const up = new Promise<boolean>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        if (line.includes('Up in')) resolve(true);
      });
    void ended.then(() => resolve(false));
  });
  if (!(await up)) throw new Error(`npm start -- --tls ended:\n${said.join('\n')}`);
  const address = (label: string): string => {
    const found = said.map((line) => line.trim()).find((line) => line.startsWith(`${label}   `));
    if (found === undefined) throw new Error(`npm start -- --tls names no "${label}":\n${said.join('\n')}`);
    return found.slice(label.length).trim();
  };
  return {
    api: new URL(address(LABELS.api)).origin,
    emulator: address(LABELS.emulator),
    tls: address(LABELS.tls),
    authority: address(LABELS.authority),
    stop: async () => {
      child.kill('SIGINT');
      await ended;
    },
  };
}
