// Loads what only kubeconfigs need, at its first use.
//
// `require`, not `import()`: the latter would load the packages' ESM builds, which stand beside the CommonJS builds
// that the rest of the app shares.
import type * as Yaml from 'yaml';

/* eslint-disable @typescript-eslint/no-require-imports -- a lazy load that must stay CommonJS, see above */

export function yaml(): typeof Yaml {
  return require('yaml') as typeof Yaml;
}
