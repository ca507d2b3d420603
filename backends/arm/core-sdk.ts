// Loads what all clients of Azure share, at its first use.
//
// `require`, not `import()`: the latter would load the packages' ESM builds, which take longer and stand beside the
// CommonJS builds of the shared core packages instead of sharing them.
import type * as CoreRestPipeline from '@azure/core-rest-pipeline';

/* eslint-disable @typescript-eslint/no-require-imports -- lazy loads that must stay CommonJS, see above */

export function coreRestPipeline(): typeof CoreRestPipeline {
  return require('@azure/core-rest-pipeline') as typeof CoreRestPipeline;
}
