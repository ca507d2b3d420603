// What the app may read of the regions of its placements on container instances: neither lies in a resource group, so
// the role is assigned on the subscription. The list is that of backends/aci/rights.ts.
targetScope = 'subscription'

@description('Each { subscriptionId, resourceGroup } that holds placements on container instances.')
param placementGroups array

var roleName = guid(subscription().id, 'gpu-jobs-app-instances-region')

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: roleName
  properties: {
    // Names of custom roles are unique in a tenant.
    roleName: 'GPU jobs, regions of container instances (${substring(roleName, 0, 8)})'
    description: 'Reads quotas of container instances and the operations of their creates.'
    type: 'CustomRole'
    permissions: [
      {
        actions: [
          'Microsoft.ContainerInstance/locations/usages/read'
          'Microsoft.ContainerInstance/locations/operations/read'
        ]
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
    // Where it may be assigned; it is assigned on these subscriptions (subscription-access.bicep).
    assignableScopes: union([toLower(subscription().id)], map(placementGroups, placementGroup => '/subscriptions/${toLower(placementGroup.subscriptionId)}'))
  }
}

output roleDefinitionName string = roleName
