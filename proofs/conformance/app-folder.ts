// The folder from which a run loads its app: the app's own, or a copy that finds the Functions libraries.
import { cp, mkdtemp, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface AppFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Returns the folder to load the app from. An app outside this repository has no node_modules above it, so it is copied
 * to a temporary folder beside a link to ours. An app that finds the libraries by itself is used where it is.
 */
export async function prepareApp(folder: string): Promise<AppFolder> {
  const app = resolve(folder);
  if (resolves(join(app, 'package.json'))) return { path: app, remove: () => Promise.resolve() };
  const own = createRequire(__filename).resolve('durable-functions/package.json');
  const temporary = await mkdtemp(join(tmpdir(), 'durable-conformance-'));
  await cp(app, join(temporary, 'app'), { recursive: true });
  await symlink(resolve(own, '../..'), join(temporary, 'node_modules'), 'dir');
  return {
    path: join(temporary, 'app'),
    remove: () => rm(temporary, { recursive: true, force: true }),
  };
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function resolves(from: string): boolean {
  try {
    createRequire(from).resolve('durable-functions');
    return true;
  } catch {
    return false;
  }
}
