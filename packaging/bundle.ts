// The app as one file: its own code and every package that it uses, bundled by esbuild.
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { build, type Metafile } from 'esbuild';

import { BUNDLE } from './bundle-name';
import { APP, entryPoint, packagesRequiredBy } from './entry-point';
import { inAscii } from './in-ascii';
import { withoutNeedless } from './needless';

/** The little program that runs the bundle, and its name in the package: `main` of its package.json. */
const LOADER = 'packaging/loader.ts';
export const ENTRY = 'index.js';

/** As Node wraps a module. The loader runs the bundle by itself, so that V8 may take its code from a cache. */
const WRAPPER = ['(function (exports, require, module, __filename, __dirname) {', '})'] as const;

/** The worker itself answers `require` of this name, and no registry has a module that does. */
const ANSWERED_BY_THE_WORKER = '@azure/functions-core';

/**
 * `debug` does without it where it is not installed, and production does not have it: only packages for development
 * bring it here.
 */
const NOT_OF_PRODUCTION = 'supports-color';

/** The oldest Node that the repository is tried on. */
const TARGET = 'node20';

/** Longest line of the bundle, about. Node quotes the line at which a program died. */
const LINE_LIMIT = 200;

export interface Bundle {
  readonly code: Uint8Array;
  /** From the bundle's lines to those of the sources. It is kept apart from the package. */
  readonly sourceMap: Uint8Array;
  /** What went into the bundle: each source by its path from the root, with its bytes in the bundle. */
  readonly metafile: Metafile;
}

/**
 * Bundles the app of the repository in folder `root`. The same sources and packages give the same bytes. Rejects with
 * esbuild's words where an import leads nowhere.
 */
export async function bundleApp(root: string): Promise<Bundle> {
  const options = {
    ...common(root),
    outfile: BUNDLE,
    external: [ANSWERED_BY_THE_WORKER, NOT_OF_PRODUCTION],
    plugins: [withoutNeedless(root)],
    metafile: true as const,
  };
  const { metafile: graph } = await build({ ...options, entryPoints: [APP] });
  const { outputFiles, metafile } = await build({
    ...options,
    stdin: {
      contents: entryPoint(await readFile(join(root, APP), 'utf8'), packagesRequiredBy(graph)),
      resolveDir: join(root, dirname(APP)),
      sourcefile: basename(APP),
      loader: 'ts',
    },
    minify: true,
    lineLimit: LINE_LIMIT,
    legalComments: 'none',
    banner: { js: WRAPPER[0] },
    footer: { js: WRAPPER[1] },
    sourcemap: 'external',
  });
  const made = (suffix: string): Uint8Array => {
    const file = outputFiles.find(({ path }) => path.endsWith(`${BUNDLE}${suffix}`));
    if (file === undefined) throw new Error(`esbuild made no ${BUNDLE}${suffix}.`);
    return file.contents;
  };
  return { code: inAscii(made('')), sourceMap: made('.map'), metafile };
}

/** The program that runs the bundle, of the repository in folder `root`. */
export async function bundleLoader(root: string): Promise<Uint8Array> {
  const { outputFiles } = await build({ ...common(root), entryPoints: [LOADER] });
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`esbuild made nothing of ${LOADER}.`);
  return file.contents;
}

function common(root: string) {
  return {
    absWorkingDir: root,
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: TARGET,
    logLevel: 'error',
  } as const;
}
