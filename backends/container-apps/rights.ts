// What this backend does on Azure, as rights in the words of Azure's roles: the one list by which roles, the doctor and
// docs/container-apps.md are written. `*` stands for any characters.

/**
 * To read executions and their replicas, and to stop executions. The service names no operation for replicas, nor for
 * a stop by the client's path, so wildcards stand for both (docs/facts/container-apps.md#rights). What az's path of a
 * stop takes has a name, and may be what the client's takes.
 */
const OF_EXECUTIONS = [
  'Microsoft.App/jobs/*/read',
  'Microsoft.App/jobs/executions/*',
  'Microsoft.App/jobs/stop/action',
  'Microsoft.App/jobs/stop/execution/action',
];

/** All that a job's life takes in the resource group of the jobs (infra/app/roles/apps-role.bicep). */
export const RUNNER_RIGHTS: readonly string[] = [
  'Microsoft.App/jobs/read',
  'Microsoft.App/jobs/write',
  'Microsoft.App/jobs/delete',
  'Microsoft.App/jobs/start/action',
  'Microsoft.App/jobs/getAuthToken/action',
  ...OF_EXECUTIONS,
];

/** There, but among the data actions of a role: to read the log stream (docs/facts/azure-roles.md#log-streams). */
export const RUNNER_DATA_RIGHTS: readonly string[] = ['Microsoft.App/jobs/logstream/action'];

/** On the environment, wherever it is (infra/app/roles/environment-role.bicep). */
export const ENVIRONMENT_RIGHTS: readonly string[] = [
  'Microsoft.App/managedEnvironments/join/action',
  'Microsoft.App/managedEnvironments/usages/read',
];

/** On the environment's subscription: quotas of the region (infra/app/roles/apps-region-role.bicep). */
export const REGION_RIGHTS: readonly string[] = ['Microsoft.App/locations/usages/read'];

/**
 * On the workspace of a placement that names one (infra/app/roles/workspace-role.bicep): queries of its custom tables,
 * of which no right gives some alone (docs/facts/azure-roles.md#queries-of-a-workspace).
 */
export const WORKSPACE_RIGHTS: readonly string[] = [
  'Microsoft.OperationalInsights/workspaces/read',
  'Microsoft.OperationalInsights/workspaces/query/read',
  'Microsoft.OperationalInsights/workspaces/query/Tables.Custom/read',
];

/** What the doctor reads besides, as whoever runs it: the environment, its storages, and the asker's own rights. */
export const DOCTOR_RIGHTS: readonly string[] = [
  'Microsoft.App/managedEnvironments/read',
  'Microsoft.App/managedEnvironments/storages/read',
  'Microsoft.Authorization/permissions/read',
];

/** And of the registries and identities that a policy names, to see whether jobs can pull by them. */
export const DOCTOR_PULL_RIGHTS: readonly string[] = [
  'Microsoft.ContainerRegistry/registries/read',
  'Microsoft.ContainerRegistry/checkNameAvailability/read',
  'Microsoft.ManagedIdentity/userAssignedIdentities/read',
  'Microsoft.Authorization/roleAssignments/read',
  'Microsoft.Authorization/roleDefinitions/read',
];

/** What a sweep by tags alone takes: it starts nothing and reads no log (infra/watchdog/apps-role.bicep). */
export const WATCHDOG_RIGHTS: readonly string[] = [
  'Microsoft.App/jobs/read',
  'Microsoft.App/jobs/delete',
  ...OF_EXECUTIONS,
];
