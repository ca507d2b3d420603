// What the app may do with the identities by which images are pulled: give them to what it runs. The list is that of
// backends/arm/identity-rights.ts.
targetScope = 'subscription'

@description('Each { subscriptionId, resourceGroup } that holds identities that specs may name.')
param placementGroups array

var roleName = guid(subscription().id, 'gpu-jobs-app-identities')

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: roleName
  properties: {
    // Names of custom roles are unique in a tenant.
    roleName: 'GPU jobs, identities that pull (${substring(roleName, 0, 8)})'
    description: 'Gives identities to workloads. Reads and changes none.'
    type: 'CustomRole'
    permissions: [
      {
        actions: [
          'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'
        ]
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
    // Where it may be assigned; it is assigned on the identities (identity-access.bicep).
    assignableScopes: union([toLower(subscription().id)], map(placementGroups, placementGroup => '/subscriptions/${toLower(placementGroup.subscriptionId)}'))
  }
}

output roleDefinitionName string = roleName
