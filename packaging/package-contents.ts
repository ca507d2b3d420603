// What is in the package: the exact list of its files, each with its bytes.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { bundleApp, bundleLoader, ENTRY } from './bundle';
import { BUNDLE } from './bundle-name';
import { DASHBOARD_FOLDER } from './dashboard/folder';
import { bundleDashboard } from './dashboard/page';
import { packageManifest } from './package-manifest';
import { noticesOf } from './supply/notices';
import { packagesWithin } from './supply/shipped-packages';

/** Files by their path in a folder. */
export type Files = Readonly<Record<string, Uint8Array>>;

export interface PackageContents {
  /** What is deployed. */
  readonly shipped: Files;
  /** What tells about the package and stays at home: its source map, and esbuild's list of what went in. */
  readonly kept: Files;
}

/** Of the repository in folder `root`. Rejects where a package in it has a licence that is not allowed. */
export async function packageContents(root: string): Promise<PackageContents> {
  const { code, sourceMap, metafile } = await bundleApp(root);
  const page = await bundleDashboard(root);
  return {
    shipped: {
      LICENSE: await readFile(join(root, 'LICENSE')),
      'THIRD-PARTY-NOTICES.txt': Buffer.from(
        noticesOf(await packagesWithin(root, [metafile, page.metafile])),
      ),
      'host.json': await readFile(join(root, 'host.json')),
      [BUNDLE]: code,
      ...Object.fromEntries(
        Object.entries(page.files).map(([name, bytes]) => [`${DASHBOARD_FOLDER}/${name}`, bytes]),
      ),
      [ENTRY]: await bundleLoader(root),
      'package.json': Buffer.from(packageManifest(await readFile(join(root, 'package.json'), 'utf8'))),
    },
    kept: {
      [`${BUNDLE}.map`]: sourceMap,
      'metafile.json': Buffer.from(`${JSON.stringify(metafile)}\n`),
    },
  };
}
