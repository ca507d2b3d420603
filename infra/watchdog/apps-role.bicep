// What the watchdog may do where placements on Container Apps are: see jobs and their executions, stop and delete them,
// nothing else. The environment may be elsewhere: nothing of it is asked for.
targetScope = 'subscription'

@description('Each { subscriptionId, resourceGroup } that holds placements.')
param placementGroups array

var roleName = guid(subscription().id, 'gpu-jobs-watchdog-apps')

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: roleName
  properties: {
    // Names of custom roles are unique in a tenant.
    roleName: 'GPU jobs watchdog of Container Apps (${substring(roleName, 0, 8)})'
    description: 'Lists, reads, stops and deletes jobs of Container Apps. Starts nothing, reads no logs, no secrets, no storage.'
    type: 'CustomRole'
    permissions: [
      {
        actions: [
          'Microsoft.App/jobs/read'
          'Microsoft.App/jobs/delete'
          // Executions, their replicas, and their stops: docs/facts/container-apps.md#rights.
          'Microsoft.App/jobs/*/read'
          'Microsoft.App/jobs/executions/*'
          'Microsoft.App/jobs/stop/action'
          'Microsoft.App/jobs/stop/execution/action'
        ]
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
    // Where it may be assigned; it is assigned in the resource groups of placements only (access.bicep).
    assignableScopes: union([toLower(subscription().id)], map(placementGroups, placementGroup => '/subscriptions/${placementGroup.subscriptionId}'))
  }
}

output roleDefinitionName string = roleName
