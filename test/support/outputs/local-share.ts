// A share of the stand-in for Azure Files in a folder of its own, with the genuine client, for tests.
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Shares } from '../../../domain/ports/shares';
import type { ShareFault } from '../../../standins/files/faults';
import { createLocalFiles } from '../../../standins/files/shares';
import { type RunningServer, serve } from '../../../standins/wire/node-server';
import { createAzureFiles } from '../../../storage/shares/azure-files';

const KEY = Buffer.from('a key of these tests').toString('base64');

export interface LocalShare {
  readonly url: string;
  readonly shares: Shares;
  /** Where it is on this machine. */
  readonly folder: string;
  /** How many requests came. */
  readonly requests: () => number;
  /** What is wrong with it from now on. */
  setFault(fault: ShareFault | undefined): void;
  /** What the vault holds as the account's key from now on, or fails with; left out: the right one. */
  setKey(inVault: string | Error | undefined): void;
  /** The account takes this key alone from now on. */
  renewOnAccount(key: string): void;
  /** Writes a file with the folders above it; `at`: its time, epoch milliseconds. */
  write(path: string, text: string, at?: number): Promise<void>;
  close(): Promise<void>;
}

export async function openLocalShare(): Promise<LocalShare> {
  const root = await mkdtemp(join(tmpdir(), 'gpu-jobs-share-'));
  const folder = join(root, 'acct', 'results');
  await mkdir(folder, { recursive: true });
  let fault: ShareFault | undefined;
  let requests = 0;
  let inVault: string | Error | undefined;
  const keys = { acct: KEY };
  const handler = createLocalFiles({ root, keys, newId: randomUUID, faultOf: () => fault });
  const server: RunningServer = await serve(
    (request) => {
      requests += 1;
      return handler(request);
    },
    { port: 0, onError: (error) => process.stderr.write(`${String(error)}\n`) },
  );
  return {
    url: `${server.origin}/acct/results`,
    shares: createAzureFiles({
      credential: { getToken: () => Promise.reject(new Error('No token is needed.')) },
      secretOf: () => (inVault instanceof Error ? Promise.reject(inVault) : Promise.resolve(inVault ?? KEY)),
    }),
    folder,
    requests: () => requests,
    setKey: (now) => void (inVault = now),
    renewOnAccount: (key) => void (keys.acct = key),
    setFault: (now) => void (fault = now),
    write: async (path, text, at) => {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      if (at !== undefined) await utimes(file, at / 1000, at / 1000);
    },
    close: async () => {
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
