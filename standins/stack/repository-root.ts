// The repository's folder, from the sources and from dist/ alike.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Absolute path of the folder that holds host.json and dist/. */
export const REPOSITORY_ROOT: string = findRoot(__dirname);

/** A compiled file, for a child process: `compiled('standins/aci/main')`. */
export function compiled(module: string): string {
  return join(REPOSITORY_ROOT, 'dist', `${module}.js`);
}

function findRoot(from: string): string {
  if (existsSync(join(from, 'host.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error(`No host.json above ${__dirname}: run from the repository.`);
  return findRoot(parent);
}
