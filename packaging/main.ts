// `npm run package`: builds what is deployed, as a folder (`.out/`) and as a zip (`.out.zip`), and prints their sizes.
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { packageContents } from './package-contents';
import { writeFolder } from './write-folder';
import { zipOf } from './zip';

/** Compiled it stands in dist/packaging/. */
const ROOT = resolve(__dirname, '..', '..');

void main();

async function main(): Promise<void> {
  const { shipped, kept } = await packageContents(ROOT);
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

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(2)} MB`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
