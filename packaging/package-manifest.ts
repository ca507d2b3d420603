// The package.json of what is deployed: what the worker and a reader need, and no list of packages to install.
import { z } from 'zod';

import { ENTRY } from './bundle';

/** What is taken over from the repository's own package.json. */
const repositoryManifest = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  engines: z.object({ node: z.string() }),
});

/**
 * The text of the package's package.json. It has no dependencies, so nothing is installed where it is deployed: the
 * bundle holds them. Throws a ZodError where the repository's (`text`) lacks a member.
 */
export function packageManifest(text: string): string {
  const { name, version, description, license, engines } = repositoryManifest.parse(JSON.parse(text));
  const manifest = {
    name,
    version,
    description,
    license,
    private: true,
    type: 'commonjs',
    main: ENTRY,
    engines,
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
