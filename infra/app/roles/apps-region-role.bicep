// What the app may read of the regions of its environments: quotas lie in no resource group, so the role is assigned on
// the subscription. The list is that of backends/container-apps/rights.ts.
targetScope = 'subscription'

@description('Each { subscriptionId, resourceGroup } that holds environments of placements on Container Apps.')
param placementGroups array

var roleName = guid(subscription().id, 'gpu-jobs-app-apps-region')

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: roleName
  properties: {
    // Names of custom roles are unique in a tenant.
    roleName: 'GPU jobs, regions of Container Apps (${substring(roleName, 0, 8)})'
    description: 'Reads quotas of Container Apps.'
    type: 'CustomRole'
    permissions: [
      {
        actions: [
          'Microsoft.App/locations/usages/read'
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
