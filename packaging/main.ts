// `npm run package`: builds what is deployed, as a folder (`.out/`) and as a zip (`.out.zip`), and prints their sizes.
// `-- --code-cache VERSION`, once or more, names the Nodes whose V8 gets its compiled code with it; `none`: none does.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { withCodeCache } from './add-code-cache';
import { nodeFromNpm } from './node-from-npm';
import { type Files, packageContents } from './package-contents';
import { writeFolder } from './write-folder';
import { zipOf } from './zip';

/** Compiled it stands in dist/packaging/. */
const ROOT = resolve(__dirname, '..', '..');

/** The versions of Node that Azure Functions offers (docs/packaging.md). */
const OFFERED = ['22', '24'];

void main();

async function main(): Promise<void> {
  const { 'code-cache': asked } = parseArgs({
    options: { 'code-cache': { type: 'string', multiple: true, default: OFFERED } },
  }).values;
  const { shipped: bundled, kept } = await packageContents(ROOT);
  const shipped = await cached(
    bundled,
    asked.filter((version) => version !== 'none'),
  );
  const zip = zipOf(shipped);
  await writeFolder(join(ROOT, '.out'), shipped);
  await writeFile(join(ROOT, '.out.zip'), zip);
  await writeFolder(join(ROOT, '.out-maps'), kept);
  const bytes = Object.values(shipped).reduce((sum, file) => sum + file.byteLength, 0);
  print(
    `.out/      ${megabytes(bytes)}, ${Object.keys(shipped).length} files: ${Object.keys(shipped).join(', ')}`,
  );
  print(`.out.zip   ${megabytes(zip.byteLength)}`);
  print(`.out-maps/ is kept apart: ${Object.keys(kept).join(', ')}`);
}

/** With V8's code for those versions of Node, which npm brings into a temporary folder. */
async function cached(shipped: Files, versions: readonly string[]): Promise<Files> {
  const folder = await mkdtemp(join(tmpdir(), 'gpu-jobs-nodes-'));
  try {
    const nodes = versions.map((version) => nodeFromNpm(version, join(folder, version)));
    return await withCodeCache(ROOT, shipped, nodes);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(2)} MB`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
