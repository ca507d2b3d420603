// The production dependencies alone, as a folder that npm can be asked about.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { z } from 'zod';

import { npm } from './npm';

const manifest = z.looseObject({ name: z.string() });

const lockFile = z.looseObject({
  packages: z.record(z.string(), z.looseObject({ link: z.boolean().optional() })),
});

/** What a deployment does not have. */
const AT_HOME = { devDependencies: undefined, workspaces: undefined };

/**
 * Calls `use` with a folder that has a package.json and a lock file of the product's production dependencies, at the
 * versions of the repository's lock file, and no packages. The folder is gone afterwards.
 *
 * npm itself would pass over too much: asked in the repository to omit what is for development, it also omits each
 * package that the stand-ins' workspace needs for development and the product in production.
 */
export async function withProduction<T>(root: string, use: (folder: string) => Promise<T>): Promise<T> {
  const parsed = manifest.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  const lock = lockFile.parse(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')));
  const { '': top, ...others } = lock.packages;
  const packages = Object.fromEntries(
    Object.entries(others).filter(
      ([path, { link }]) => link !== true && (path.startsWith('node_modules/') || path === ''),
    ),
  );
  const parent = await mkdtemp(join(tmpdir(), 'gpu-jobs-production-'));
  try {
    const folder = join(parent, parsed.name); // npm names a project after its folder.
    await mkdir(folder);
    await writeJson(join(folder, 'package.json'), { ...parsed, ...AT_HOME });
    await writeJson(join(folder, 'package-lock.json'), {
      ...lock,
      packages: { '': { ...top, ...AT_HOME }, ...packages },
    });
    // Takes out of the lock file what nothing needs any more.
    await npm(folder, ['install', '--package-lock-only', '--offline', '--ignore-scripts']);
    return await use(folder);
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

function writeJson(path: string, value: unknown): Promise<void> {
  return writeFile(path, JSON.stringify(value));
}
