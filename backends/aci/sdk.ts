// Loads the SDK of Container Instances at its first use: it costs 100 to 150 ms to load.
//
// `require`, not `import()`: the latter would load the packages' ESM builds, which take longer and stand beside the
// CommonJS builds of the shared core packages instead of sharing them.
import type * as ArmContainerInstance from '@azure/arm-containerinstance';
import type * as CoreClient from '@azure/core-client';

/* eslint-disable @typescript-eslint/no-require-imports -- lazy loads that must stay CommonJS, see above */

export function armContainerInstance(): typeof ArmContainerInstance {
  return require('@azure/arm-containerinstance') as typeof ArmContainerInstance;
}

export function coreClient(): typeof CoreClient {
  return require('@azure/core-client') as typeof CoreClient;
}
