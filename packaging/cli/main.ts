// `npm run package:cli`: makes the CLI's own package in `.out-cli/`, as npm packs it, and prints its size.
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { writeFolder } from '../write-folder';
import { cliContents } from './cli-contents';
import { packFolder } from './pack-folder';

/** Compiled it stands in dist/packaging/cli/. */
const ROOT = resolve(__dirname, '..', '..', '..');

void main();

async function main(): Promise<void> {
  const files = await cliContents(ROOT);
  await writeFolder(join(ROOT, '.out-cli', 'package'), files);
  const tarball = await packFolder(join(ROOT, '.out-cli', 'package'), join(ROOT, '.out-cli'));
  const { size } = await stat(tarball);
  const bytes = Object.values(files).reduce((sum, file) => sum + file.byteLength, 0);
  process.stdout.write(
    `${tarball}\n${(size / 1000).toFixed(0)} kB packed, ${(bytes / 1000).toFixed(0)} kB in ` +
      `${Object.keys(files).length} files: ${Object.keys(files).join(', ')}\n`,
  );
}
