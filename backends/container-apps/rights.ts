// What this backend does on Azure, as rights in the words of Azure's roles: the one list by which roles, the doctor and
// docs/container-apps.md are written. `*` stands for any characters.

/**
 * To read executions and their replicas, and to stop an execution. The service names no operation for replicas, nor for
 * a stop by the client's path, so wildcards stand for both (docs/facts/container-apps.md#rights).
 */
const OF_EXECUTIONS = [
  'Microsoft.App/jobs/*/read',
  'Microsoft.App/jobs/executions/*',
  'Microsoft.App/jobs/stop/*',
];

/** All that a job's life takes in the resource group of the jobs. */
export const RUNNER_RIGHTS: readonly string[] = [
  'Microsoft.App/jobs/read',
  'Microsoft.App/jobs/write',
  'Microsoft.App/jobs/delete',
  'Microsoft.App/jobs/start/action',
  'Microsoft.App/jobs/getAuthToken/action',
  ...OF_EXECUTIONS,
];

/** On the environment, wherever it is. */
export const ENVIRONMENT_RIGHTS: readonly string[] = [
  'Microsoft.App/managedEnvironments/read',
  'Microsoft.App/managedEnvironments/join/action',
  'Microsoft.App/managedEnvironments/usages/read',
];

/** On the environment's subscription: quotas of the region. */
export const REGION_RIGHTS: readonly string[] = ['Microsoft.App/locations/usages/read'];

/** On each identity that a spec names to pull its image. */
export const IDENTITY_RIGHTS: readonly string[] = [
  'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
];

/** What a sweep by tags alone takes: it starts nothing and reads no log (infra/watchdog/apps-role.bicep). */
export const WATCHDOG_RIGHTS: readonly string[] = [
  'Microsoft.App/jobs/read',
  'Microsoft.App/jobs/delete',
  ...OF_EXECUTIONS,
];
