// What the app may do with an environment of Container Apps: have jobs in it, and see how many of its GPUs are in use.
// The list is that of backends/container-apps/rights.ts.
targetScope = 'subscription'

@description('Each { subscriptionId, resourceGroup } that holds environments of placements on Container Apps.')
param placementGroups array

var roleName = guid(subscription().id, 'gpu-jobs-app-environment')

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: roleName
  properties: {
    // Names of custom roles are unique in a tenant.
    roleName: 'GPU jobs in environments (${substring(roleName, 0, 8)})'
    description: 'Makes jobs in environments of Container Apps and reads their quotas. Changes no environment.'
    type: 'CustomRole'
    permissions: [
      {
        actions: [
          'Microsoft.App/managedEnvironments/join/action'
          'Microsoft.App/managedEnvironments/usages/read'
        ]
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
    // Where it may be assigned; it is assigned on the environments (environment-access.bicep).
    assignableScopes: union([toLower(subscription().id)], map(placementGroups, placementGroup => '/subscriptions/${toLower(placementGroup.subscriptionId)}'))
  }
}

output roleDefinitionName string = roleName
