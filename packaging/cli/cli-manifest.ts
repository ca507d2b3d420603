// The package.json of the CLI's own package.
import { z } from 'zod';

/** The package's name; no registry has it. */
export const CLI_PACKAGE = 'gpu-job-runner-cli';

export const COMMAND_FILE = 'gpujobs.js';
export const CLIENT_FILE = 'client.js';
export const CLIENT_TYPES = 'client.d.ts';

/** What is taken over from the repository's own package.json. */
const repositoryManifest = z.object({
  version: z.string(),
  license: z.string(),
  engines: z.object({ node: z.string() }),
  dependencies: z.record(z.string(), z.string()),
});

/**
 * Its text. The packages of `leftOut` are optional peers, with the repository's ranges (`text` is its package.json):
 * npm installs none of them by itself, and says when one of another version is there. Throws where one of them is no
 * dependency of the repository.
 */
export function cliManifest(text: string, leftOut: readonly string[]): string {
  const { version, license, engines, dependencies } = repositoryManifest.parse(JSON.parse(text));
  const rangeOf = (name: string): string => {
    const range = dependencies[name];
    if (range === undefined) throw new Error(`The command line uses ${name}, which is no dependency.`);
    return range;
  };
  const manifest = {
    name: CLI_PACKAGE,
    version,
    description: 'gpujobs, the command line of gpu-job-runner, and its typed client',
    license,
    type: 'commonjs',
    engines,
    bin: { gpujobs: COMMAND_FILE },
    exports: {
      './client': { types: `./${CLIENT_TYPES}`, default: `./${CLIENT_FILE}` },
      './package.json': './package.json',
    },
    peerDependencies: Object.fromEntries(leftOut.map((name) => [name, rangeOf(name)])),
    peerDependenciesMeta: Object.fromEntries(leftOut.map((name) => [name, { optional: true }])),
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
