// The app as one file: its own code and every package that it uses, bundled by esbuild.
import { build, type Metafile } from 'esbuild';

/** Where the app begins, from the repository's root. It registers everything. */
const ENTRY_POINT = 'functions/index.ts';

/** The bundle's name in the package; `main` of its package.json. */
export const BUNDLE = 'index.js';

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
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [ENTRY_POINT],
    outfile: BUNDLE,
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: TARGET,
    external: [ANSWERED_BY_THE_WORKER, NOT_OF_PRODUCTION],
    minify: true,
    lineLimit: LINE_LIMIT,
    legalComments: 'none',
    sourcemap: 'external',
    metafile: true,
    logLevel: 'error',
  });
  const made = (suffix: string): Uint8Array => {
    const file = outputFiles.find(({ path }) => path.endsWith(`${BUNDLE}${suffix}`));
    if (file === undefined) throw new Error(`esbuild made no ${BUNDLE}${suffix}.`);
    return file.contents;
  };
  return { code: made(''), sourceMap: made('.map'), metafile };
}
