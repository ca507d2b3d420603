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
  /** How many requests came. */
  readonly requests: () => number;
  /** What is wrong with it from now on. */
  setFault(fault: ShareFault | undefined): void;
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
  const handler = createLocalFiles({ root, keys: { acct: KEY }, newId: randomUUID, faultOf: () => fault });
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
      secretOf: () => Promise.resolve(KEY),
    }),
    requests: () => requests,
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
