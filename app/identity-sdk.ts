// Loads the SDK of identities at its first use: it costs 100 to 150 ms to load.
//
// `require`, not `import()`: the latter would load the packages' ESM builds, which take longer and stand beside the
// CommonJS builds of the shared core packages instead of sharing them.
import type * as Identity from '@azure/identity';

/* eslint-disable @typescript-eslint/no-require-imports -- a lazy load that must stay CommonJS, see above */

export function identity(): typeof Identity {
  return require('@azure/identity') as typeof Identity;
}
