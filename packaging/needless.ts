// What packages bring along and the app never uses: it stays out of the bundle.
import { join } from 'node:path';

import type { Plugin } from 'esbuild';

/** Every language that zod can speak; it uses English unless it is told another. */
const LANGUAGES = /^\.\.\/locales\/index\.js$/;
const ENGLISH = join('node_modules', 'zod', 'v4', 'locales', 'en.js');

/** With it storage-blob reads one form of a list of blobs, for which a caller has to ask. The app does not. */
const LIST_FORMAT = /^apache-arrow$/;
const WHY = 'apache-arrow is not in this package: the app lists blobs as XML (packaging/needless.ts)';

/** durable-functions asks of it whether a text is a URL. The rest knows licence plates, taxes and cards. */
const VALIDATOR = /^validator$/;
const OF_VALIDATOR = 'validator/lib/isURL';
const IS_URL = `exports.isURL = require(${JSON.stringify(OF_VALIDATOR)});`;

/** axios does without it where it is not there, as in a browser. durable-functions sends no form. */
const FORMS = /^form-data$/;

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
      build.onResolve({ filter: VALIDATOR }, ({ path, resolveDir }) => ({
        path,
        namespace: 'in-part',
        pluginData: resolveDir,
      }));
      build.onLoad(
        { filter: VALIDATOR, namespace: 'in-part' },
        ({ pluginData }: { pluginData: unknown }) => ({
          contents: IS_URL,
          resolveDir: String(pluginData),
          loader: 'js',
        }),
      );
      build.onResolve({ filter: FORMS }, ({ path }) => ({ path, namespace: 'none' }));
      build.onLoad({ filter: FORMS, namespace: 'none' }, () => ({
        contents: 'module.exports = null;',
        loader: 'js',
      }));
    },
  };
}
