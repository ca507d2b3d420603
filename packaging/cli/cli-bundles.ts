// The command line and the client, each as one file that holds the packages it uses.
import { build, type Metafile } from 'esbuild';

/** The oldest Node that the repository is tried on. */
const TARGET = 'node20';

/** sweep and doctor load these when they run; whoever needs them installs them (cli/azure-clients.ts). */
const LEFT_OUT = '@azure/*';

export interface CliBundles {
  /** The program, with its first line for a shell. */
  readonly command: Uint8Array;
  /** What a program requires. */
  readonly client: Uint8Array;
  /** What went into each. */
  readonly metafiles: readonly Metafile[];
}

/** Of the repository in folder `root`. Rejects with esbuild's words where an import leads nowhere. */
export async function cliBundles(root: string): Promise<CliBundles> {
  const [command, client] = await Promise.all([
    bundled(root, 'cli/main.ts'),
    bundled(root, 'client/gpu-jobs-client.ts'),
  ]);
  return {
    command: command.code,
    client: client.code,
    metafiles: [command.metafile, client.metafile],
  };
}

/** The packages that the bundles require and do not hold, sorted. */
export function packagesLeftOut({ metafiles }: CliBundles): string[] {
  const outside = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ imports }) => imports)
    .filter(({ external, path }) => external === true && path.startsWith('@'))
    .map(({ path }) => path.split('/').slice(0, 2).join('/'));
  return [...new Set(outside)].sort();
}

async function bundled(
  root: string,
  entryPoint: string,
): Promise<{ readonly code: Uint8Array; readonly metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entryPoint],
    outfile: 'bundle.js',
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: TARGET,
    external: [LEFT_OUT],
    minify: true,
    lineLimit: 200,
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`esbuild made nothing of ${entryPoint}.`);
  return { code: file.contents, metafile };
}
