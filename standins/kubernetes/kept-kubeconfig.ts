// The kubeconfig that leads to the local cluster. Its token is kept from one start to the next, so that whoever has
// read it before goes on.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { hasCode } from '../kernel/lock-holder';
import { localKubeconfig } from './local-cluster';

/** The token in `file`; a new one where there is no such file, or none of ours. */
export async function keptToken(file: string): Promise<string> {
  return tokenIn(await readIfThere(file)) ?? randomBytes(24).toString('base64url');
}

/** The token in the text of a local kubeconfig; undefined where it is no such text. */
export function tokenIn(kubeconfig: string): string | undefined {
  return /\btoken: '([\w-]{32})'/.exec(kubeconfig)?.[1];
}

/** Makes `file` lead to `server` with this token and this authority, in PEM. Nobody reads half of it. */
export async function keepKubeconfig(
  file: string,
  server: string,
  token: string,
  authority: string,
): Promise<void> {
  const wanted = localKubeconfig(server, token, authority);
  if ((await readIfThere(file)) === wanted) return;
  await mkdir(dirname(file), { recursive: true });
  const whole = `${file}.${process.pid}`;
  // Whoever reads it may do everything in the cluster.
  await writeFile(whole, wanted, { mode: 0o600 });
  await rename(whole, file);
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return '';
    throw error;
  }
}
