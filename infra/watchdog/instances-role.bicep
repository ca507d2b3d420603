// What the watchdog may do where placements on container instances are: see container groups and delete them, nothing
// else.
targetScope = 'subscription'

@description('Each { subscriptionId, resourceGroup } that holds placements.')
param placementGroups array

var roleName = guid(subscription().id, 'gpu-jobs-watchdog')

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: roleName
  properties: {
    // Names of custom roles are unique in a tenant.
    roleName: 'GPU jobs watchdog (${substring(roleName, 0, 8)})'
    description: 'Lists, reads and deletes container groups. Starts nothing, reads no logs, no secrets, no storage.'
    type: 'CustomRole'
    permissions: [
      {
        actions: [
          'Microsoft.ContainerInstance/containerGroups/read'
          'Microsoft.ContainerInstance/containerGroups/delete'
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
