// What the app may do where its placements on Container Apps have their jobs: all that a job's life takes of them. The
// list is that of backends/container-apps/rights.ts.
targetScope = 'subscription'

@description('Each { subscriptionId, resourceGroup } that holds jobs of placements on Container Apps.')
param placementGroups array

var roleName = guid(subscription().id, 'gpu-jobs-app-apps')

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: roleName
  properties: {
    // Names of custom roles are unique in a tenant.
    roleName: 'GPU jobs on Container Apps (${substring(roleName, 0, 8)})'
    description: 'Creates, starts, stops, reads and deletes jobs of Container Apps, and reads their logs. No exec, no secrets.'
    type: 'CustomRole'
    permissions: [
      {
        actions: [
          'Microsoft.App/jobs/read'
          'Microsoft.App/jobs/write'
          'Microsoft.App/jobs/delete'
          'Microsoft.App/jobs/start/action'
          'Microsoft.App/jobs/getAuthToken/action'
          // Replicas and the stop of one execution have no name of their own: docs/facts/container-apps.md#rights.
          'Microsoft.App/jobs/*/read'
          'Microsoft.App/jobs/executions/*'
          'Microsoft.App/jobs/stop/action'
          'Microsoft.App/jobs/stop/execution/action'
        ]
        notActions: []
        dataActions: [
          'Microsoft.App/jobs/logstream/action'
        ]
        notDataActions: []
      }
    ]
    // Where it may be assigned; it is assigned in these resource groups only (access.bicep).
    assignableScopes: union([toLower(subscription().id)], map(placementGroups, placementGroup => '/subscriptions/${toLower(placementGroup.subscriptionId)}'))
  }
}

output roleDefinitionName string = roleName
