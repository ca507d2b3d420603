// Loads the SDK of Container Apps at its first use: it costs some 300 ms to load. It is CommonJS for the reasons in
// backends/arm/core-sdk.ts.
import type * as ArmAppContainers from '@azure/arm-appcontainers';

/* eslint-disable @typescript-eslint/no-require-imports -- a lazy load that must stay CommonJS */

export function armAppContainers(): typeof ArmAppContainers {
  return require('@azure/arm-appcontainers') as typeof ArmAppContainers;
}
