// The page of the dashboard as files: its script and style by esbuild, each beside a copy that is compressed already.
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { build, type Metafile } from 'esbuild';

export interface DashboardPage {
  /** By name; `name.gz` is the same compressed. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly metafile: Metafile;
}

/** Browsers that know `light-dark()` know all that the page uses. */
const TARGET = ['es2022', 'chrome123', 'firefox120', 'safari17.5'];

/** Of the repository in folder `root`. The same sources and packages give the same bytes. */
export async function bundleDashboard(root: string): Promise<DashboardPage> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { app: 'dashboard/main.tsx', 'app-style': 'dashboard/style/page.css' },
    outdir: 'dashboard',
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: TARGET,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
  });
  const plain = Object.fromEntries([
    ['index.html', await readFile(join(root, 'dashboard/index.html'))],
    ...outputFiles.map(({ path, contents }) => [basename(path).replace('app-style', 'app'), contents]),
  ]) as Record<string, Uint8Array>;
  const packed = Object.entries(plain).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes, { level: 9 })]);
  return { files: { ...plain, ...(Object.fromEntries(packed) as Record<string, Uint8Array>) }, metafile };
}
