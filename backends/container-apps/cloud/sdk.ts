// Loads the SDKs of Container Apps and of Log Analytics at their first use. They are CommonJS for the reasons in
// backends/arm/core-sdk.ts.
import type * as ArmAppContainers from '@azure/arm-appcontainers';
import type * as MonitorQueryLogs from '@azure/monitor-query-logs';

/* eslint-disable @typescript-eslint/no-require-imports -- a lazy load that must stay CommonJS */

/** It costs some 300 ms to load. */
export function armAppContainers(): typeof ArmAppContainers {
  return require('@azure/arm-appcontainers') as typeof ArmAppContainers;
}

/** It costs some 5 ms beside what all clients share. */
export function monitorQueryLogs(): typeof MonitorQueryLogs {
  return require('@azure/monitor-query-logs') as typeof MonitorQueryLogs;
}
