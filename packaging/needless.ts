// What packages bring along and the app never uses: it stays out of the bundle.
import { join } from 'node:path';

import type { Plugin } from 'esbuild';

/** Every language that zod can speak; it uses English unless it is told another. */
const LANGUAGES = /^\.\.\/locales\/index\.js$/;
const ENGLISH = join('node_modules', 'zod', 'v4', 'locales', 'en.js');

/** With it storage-blob reads one form of a list of blobs, for which a caller has to ask. The app does not. */
const LIST_FORMAT = /^apache-arrow$/;
const WHY = 'apache-arrow is not in this package: the app lists blobs as XML (packaging/needless.ts)';

/** Of the repository in folder `root`. */
export function withoutNeedless(root: string): Plugin {
  return {
    name: 'without-needless',
    setup: (build) => {
      build.onResolve({ filter: LANGUAGES }, ({ importer }) =>
        importer.startsWith(join(root, 'node_modules', 'zod')) ? { path: join(root, ENGLISH) } : undefined,
      );
      build.onResolve({ filter: LIST_FORMAT }, ({ path }) => ({ path, namespace: 'absent' }));
      build.onLoad({ filter: LIST_FORMAT, namespace: 'absent' }, () => ({
        contents: `throw new Error(${JSON.stringify(WHY)});`,
        loader: 'js',
      }));
    },
  };
}
