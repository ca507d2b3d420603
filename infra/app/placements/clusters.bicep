// What the app's identity needs of AKS clusters of placements: to be told the way to them. What it may do there, each
// cluster says (infra/kubernetes/runner.yaml). Other clusters are reached by a kubeconfig, and need no right in Azure.
targetScope = 'subscription'

param principalId string

@description('Placements as GPU_JOBS_PLACEMENTS has them, those with the backend kubernetes.')
param placements array

var clusters = union([], map(filter(placements, placement => contains(placement.cluster, 'aks')), placement => {
  subscriptionId: toLower(placement.cluster.aks.subscriptionId)
  resourceGroup: toLower(placement.cluster.aks.resourceGroup)
  name: toLower(placement.cluster.aks.name)
}))

module role '../roles/clusters-role.bicep' = {
  name: '${deployment().name}-role'
  params: {
    placementGroups: clusters
  }
}

module access '../roles/cluster-access.bicep' = [for (cluster, index) in clusters: {
  name: '${deployment().name}-access-${index}'
  scope: resourceGroup(cluster.subscriptionId, cluster.resourceGroup)
  params: {
    principalId: principalId
    roleDefinitionName: role.outputs.roleDefinitionName
    clusterName: cluster.name
  }
}]
