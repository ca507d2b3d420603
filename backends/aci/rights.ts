// What this backend does on Azure, as rights in the words of Azure's roles: the one list by which roles are written
// and checked.

/** All that a job's life takes in the resource group of the placement (infra/app/roles/instances-role.bicep). */
export const RUNNER_RIGHTS: readonly string[] = [
  'Microsoft.ContainerInstance/containerGroups/read',
  'Microsoft.ContainerInstance/containerGroups/write',
  'Microsoft.ContainerInstance/containerGroups/delete',
  'Microsoft.ContainerInstance/containerGroups/containers/logs/read',
];

/**
 * On the subscription, as neither lies in a resource group (infra/app/roles/instances-region-role.bicep): quotas of the
 * region, and the operation of a create, for which the client asks at once
 * (docs/facts/azure-resource-manager.md#poll-at-once).
 */
export const REGION_RIGHTS: readonly string[] = [
  'Microsoft.ContainerInstance/locations/usages/read',
  'Microsoft.ContainerInstance/locations/operations/read',
];

/** What a sweep by tags alone takes: it starts nothing and reads no log (infra/watchdog/instances-role.bicep). */
export const WATCHDOG_RIGHTS: readonly string[] = [
  'Microsoft.ContainerInstance/containerGroups/read',
  'Microsoft.ContainerInstance/containerGroups/delete',
];
