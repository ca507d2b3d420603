// What is in the CLI's own package: the exact list of its files, each with its bytes.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Files } from '../package-contents';
import { noticesOf } from '../supply/notices';
import { packagesWithin } from '../supply/shipped-packages';
import { cliBundles, packagesLeftOut } from './cli-bundles';
import { CLIENT_FILE, CLIENT_TYPES, cliManifest, COMMAND_FILE } from './cli-manifest';
import { flatDeclarations } from './flat-declarations';

/** Of the repository in folder `root`, which must be built: the compiler's declarations are read from `dist/`. */
export async function cliContents(root: string): Promise<Files> {
  const bundles = await cliBundles(root);
  const manifest = await readFile(join(root, 'package.json'), 'utf8');
  const types = flatDeclarations(join(root, 'dist/client/gpu-jobs-client.d.ts'));
  return {
    LICENSE: await readFile(join(root, 'LICENSE')),
    'README.md': await readFile(join(root, 'packaging/cli/README.md')),
    'THIRD-PARTY-NOTICES.txt': Buffer.from(noticesOf(await packagesWithin(root, bundles.metafiles))),
    [CLIENT_FILE]: bundles.client,
    [CLIENT_TYPES]: Buffer.from(types),
    [COMMAND_FILE]: bundles.command,
    'package.json': Buffer.from(cliManifest(manifest, packagesLeftOut(bundles))),
  };
}
