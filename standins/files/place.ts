// Where a request's path lies: an account, a share and what stands below it, as a path of the local folder.
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { FilesFault } from './files-fault';

export interface Place {
  readonly account: string;
  readonly share: string;
  /** The names below the share. */
  readonly names: readonly string[];
}

const ACCOUNT = /^[a-z0-9]{3,24}$/;
const SHARE = /^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$/;
/** What no name of a file or folder may hold (docs/facts/azure-files.md#names). */

const NOT_IN_A_NAME = /[\u0000-\u001f"\\/:|<>*?]/;
const MOST_OF_A_NAME = 255;

/** Throws FilesFault for a path that names no place. `pathname` is still percent-encoded. */
export function placeOf(pathname: string): Place {
  const [account = '', share = '', ...names] = pathname
    .split('/')
    .slice(1)
    .map((part) => decoded(part));
  if (!ACCOUNT.test(account) || !SHARE.test(share))
    throw new FilesFault(
      400,
      'InvalidResourceName',
      'The specified resource name contains invalid characters.',
    );
  // A slash at the end names the same place.
  const below = names.at(-1) === '' ? names.slice(0, -1) : names;
  for (const name of below)
    if (
      name === '' ||
      name === '.' ||
      name === '..' ||
      name.length > MOST_OF_A_NAME ||
      NOT_IN_A_NAME.test(name)
    )
      throw new FilesFault(
        400,
        'InvalidFileOrDirectoryPathName',
        'The specified file or directory path contains invalid characters.',
      );
  return { account, share, names: below };
}

/** A SMB share follows no link, so nothing below one is there. */
export type Found = 'folder' | 'file' | 'absent';

const absentSchema = z.object({ code: z.enum(['ENOENT', 'ENOTDIR']) });

/** What stands at `names` below `root`. Each name on the way is looked at by itself. */
export async function lookAt(root: string, names: readonly string[]): Promise<Found> {
  let at = root;
  let found: Found = await kindOf(at);
  for (const name of names) {
    if (found !== 'folder') return 'absent';
    at = join(at, name);
    found = await kindOf(at);
  }
  return found;
}

async function kindOf(path: string): Promise<Found> {
  try {
    const { isDirectory, isFile } = await kinds(path);
    if (isDirectory) return 'folder';
    return isFile ? 'file' : 'absent';
  } catch (error) {
    if (absentSchema.safeParse(error).success) return 'absent';
    throw error;
  }
}

async function kinds(path: string): Promise<{ readonly isDirectory: boolean; readonly isFile: boolean }> {
  const stats = await lstat(path);
  return { isDirectory: stats.isDirectory(), isFile: stats.isFile() };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new FilesFault(
      400,
      'InvalidUri',
      'The requested URI does not represent any resource on the server.',
    );
  }
}
