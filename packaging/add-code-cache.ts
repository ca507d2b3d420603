// Adds V8's compiled code of the app to a package, made by the Node for which it is.
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Files } from './package-contents';
import { writeFolder } from './write-folder';

/** The built program that makes one, from the repository's root. Each Node must be able to run it as it is. */
const MAKER = 'dist/packaging/make-code-cache.js';

/**
 * `root`: the repository's folder, built. `nodes`: paths of Node programs. Rejects, with what it wrote, when one can't
 * load the app. V8 makes other bytes each time, so a package with such a file is not the same bytes twice.
 */
export async function withCodeCache(root: string, shipped: Files, nodes: readonly string[]): Promise<Files> {
  const folder = await mkdtemp(join(tmpdir(), 'gpu-jobs-code-cache-'));
  try {
    await writeFolder(folder, shipped);
    for (const node of nodes)
      execFileSync(node, [join(root, MAKER), folder], { stdio: ['ignore', 'ignore', 'pipe'] });
    const made = (await readdir(folder)).filter((file) => file.endsWith('.cache'));
    const read = made.map(async (file) => [file, await readFile(join(folder, file))] as const);
    return Object.fromEntries(
      [...Object.entries(shipped), ...(await Promise.all(read))].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
