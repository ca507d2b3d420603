// Loads what only some clusters need at its first use: each costs from 20 to 100 ms to load.
//
// `require`, not `import()`: the latter would load the packages' ESM builds, which stand beside the CommonJS builds
// that the rest of the app shares.
import type * as CoreRestPipeline from '@azure/core-rest-pipeline';
import type * as Yaml from 'yaml';

/* eslint-disable @typescript-eslint/no-require-imports -- lazy loads that must stay CommonJS, see above */

export function coreRestPipeline(): typeof CoreRestPipeline {
  return require('@azure/core-rest-pipeline') as typeof CoreRestPipeline;
}

export function yaml(): typeof Yaml {
  return require('yaml') as typeof Yaml;
}
