// `npm run package:demo [-- --node VERSION]`: makes the package, unzips it into an empty folder elsewhere, and runs the
// demo on it, on this Node or on another that npm brings.
import { spawnSync } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { unzipSync } from 'fflate';

import { withCodeCache } from './add-code-cache';
import { nodeFromNpm } from './node-from-npm';
import { packageContents } from './package-contents';
import { writeFolder } from './write-folder';
import { zipOf } from './zip';

/** Compiled it stands in dist/packaging/. */
const ROOT = resolve(__dirname, '..', '..');

void main();

async function main(): Promise<void> {
  const { node: version } = parseArgs({ options: { node: { type: 'string' } } }).values;
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'gpu-jobs-package-')));
  try {
    const app = join(folder, 'app');
    const node = version === undefined ? process.execPath : nodeFromNpm(version, join(folder, 'node'));
    const { shipped } = await packageContents(ROOT);
    await writeFolder(app, unzipSync(zipOf(await withCodeCache(ROOT, shipped, [node]))));
    const demo = join(ROOT, 'dist', 'standins', 'stack', 'demo.js');
    process.exitCode = spawnSync(node, [demo, '--app', app], { stdio: 'inherit' }).status ?? 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
