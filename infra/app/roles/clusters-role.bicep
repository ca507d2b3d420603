// What the app may do with a cluster of AKS: be told the way to it, its server and its certificate. What it may do
// there, the cluster says (infra/kubernetes/runner.yaml). The list is that of backends/kubernetes/rights.ts.
targetScope = 'subscription'

@description('Each { subscriptionId, resourceGroup } that holds AKS clusters of placements.')
param placementGroups array

var roleName = guid(subscription().id, 'gpu-jobs-app-clusters')

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: roleName
  properties: {
    // Names of custom roles are unique in a tenant.
    roleName: 'GPU jobs, way to clusters (${substring(roleName, 0, 8)})'
    description: 'Is told how users reach a cluster. Reads and changes no cluster.'
    type: 'CustomRole'
    permissions: [
      {
        actions: [
          'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action'
        ]
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
    // Where it may be assigned; it is assigned on the clusters (cluster-access.bicep).
    assignableScopes: union([toLower(subscription().id)], map(placementGroups, placementGroup => '/subscriptions/${toLower(placementGroup.subscriptionId)}'))
  }
}

output roleDefinitionName string = roleName
