// Lets the watchdog ask for the way to one AKS cluster: its server and its certificate. What it may do there, the
// cluster says (infra/kubernetes/watchdog.yaml), or cluster-role.bicep where Azure does.
param principalId string
param clusterName string

// Azure's built-in role Azure Kubernetes Service Cluster User Role.
var clusterUser = '4abbcc35-e782-43d8-92c5-2d3f1bd2253f'

resource cluster 'Microsoft.ContainerService/managedClusters@2024-05-01' existing = {
  name: clusterName
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(cluster.id, principalId, clusterUser)
  scope: cluster
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', clusterUser)
  }
}
