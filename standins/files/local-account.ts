// The storage account whose shares the local stack has, and its key.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { WireRequest } from '../wire/handler';

export const LOCAL_ACCOUNT = 'gpujobslocal';
/** `data` is for what jobs read, `results` for what they leave. */
const LOCAL_SHARES = ['results', 'data'] as const;
/** The name of the account's key in the local key vault. */
export const LOCAL_ACCOUNT_KEY_NAME = 'gpujobslocal-key';
/** Public, as Azurite's is: it opens folders of this machine, on loopback only. */
export const LOCAL_ACCOUNT_KEY = Buffer.from(
  'the public key of the local account gpujobslocal, nothing else!!',
).toString('base64');

export function isForLocalFiles({ url }: WireRequest): boolean {
  return url.pathname.startsWith(`/${LOCAL_ACCOUNT}/`);
}

/** The folders that the shares are, made where they are missing. Returns the folder of all accounts. */
export async function makeLocalShares(stateFolder: string): Promise<string> {
  const root = join(stateFolder, 'shares');
  for (const share of LOCAL_SHARES) await mkdir(join(root, LOCAL_ACCOUNT, share), { recursive: true });
  return root;
}

/** Says what is wrong with which share, `{ "gpujobslocal/results": "full" }`; without it nothing is. */
export function shareFaultsFile(stateFolder: string): string {
  return join(stateFolder, 'share-faults.json');
}
