// What the app may do where its placements on container instances are: all that a job's life takes of container groups.
// The list is that of backends/aci/rights.ts.
targetScope = 'subscription'

@description('Each { subscriptionId, resourceGroup } that holds placements on container instances.')
param placementGroups array

var roleName = guid(subscription().id, 'gpu-jobs-app-instances')

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: roleName
  properties: {
    // Names of custom roles are unique in a tenant.
    roleName: 'GPU jobs on container instances (${substring(roleName, 0, 8)})'
    description: 'Creates, reads and deletes container groups, and reads their logs. No exec, no restart.'
    type: 'CustomRole'
    permissions: [
      {
        actions: [
          'Microsoft.ContainerInstance/containerGroups/read'
          'Microsoft.ContainerInstance/containerGroups/write'
          'Microsoft.ContainerInstance/containerGroups/delete'
          'Microsoft.ContainerInstance/containerGroups/containers/logs/read'
        ]
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
    // Where it may be assigned; it is assigned in these resource groups only (access.bicep).
    assignableScopes: union([toLower(subscription().id)], map(placementGroups, placementGroup => '/subscriptions/${toLower(placementGroup.subscriptionId)}'))
  }
}

output roleDefinitionName string = roleName
