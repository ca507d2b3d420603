// What the app may do with the Log Analytics workspace of an environment: query its custom tables, where the rows of
// jobs are. The list is that of backends/container-apps/rights.ts.
targetScope = 'subscription'

@description('Each { subscriptionId, resourceGroup } that holds workspaces of placements on Container Apps.')
param placementGroups array

var roleName = guid(subscription().id, 'gpu-jobs-app-workspace')

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: roleName
  properties: {
    // Names of custom roles are unique in a tenant.
    roleName: 'GPU jobs, logs in workspaces (${substring(roleName, 0, 8)})'
    description: 'Queries the custom tables of a workspace. Changes nothing.'
    type: 'CustomRole'
    permissions: [
      {
        actions: [
          'Microsoft.OperationalInsights/workspaces/read'
          'Microsoft.OperationalInsights/workspaces/query/read'
          'Microsoft.OperationalInsights/workspaces/query/Tables.Custom/read'
        ]
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
    // Where it may be assigned; it is assigned on the workspaces (workspace-access.bicep).
    assignableScopes: union([toLower(subscription().id)], map(placementGroups, placementGroup => '/subscriptions/${toLower(placementGroup.subscriptionId)}'))
  }
}

output roleDefinitionName string = roleName
