// The watchdog outside the app. It removes workloads past their expiry when the app itself is gone, and alerts a person
// when no sweep runs.
targetScope = 'subscription'

@description('Where the watchdog itself lives; any region with Container Apps, best not the app\'s own.')
param location string

@description('The resource group of the watchdog; it is created. Keep it apart from the app\'s, so that deleting the app spares it.')
param resourceGroupName string = 'gpu-jobs-watchdog'

@description('On all that is made here.')
param tags object = {}

@description('The owner id of the deployment, as GET /api/health tells it: only workloads with this tag are touched.')
param ownerId string

@description('The same list as the app\'s GPU_JOBS_PLACEMENTS: what is listed and removed is what stands there.')
param placements array

@description('The registry that holds the image of infra/watchdog/Containerfile.')
param registryName string

@description('The resource group of that registry, in this subscription.')
param registryResourceGroup string

@description('Repository and tag in the registry.')
param image string = 'gpu-jobs-watchdog:1'

@description('The app\'s GET /api/health, such as https://NAME.azurewebsites.net/api/health.')
param healthUrl string

@description('Who is told by mail; empty: alerts show in the portal only.')
param alertEmail string

@description('The name of the app\'s key vault, if placements name a kubeconfig by "secretRef"; else empty.')
param keyVaultName string = ''

@description('The resource group of that key vault, in this subscription.')
param keyVaultResourceGroup string = ''

// Each kind of compute has its own members, so a placement is asked for those of its kind only.
var onInstances = filter(placements, placement => placement.backend == 'aci')
var onClusters = filter(placements, placement => placement.backend == 'kubernetes')
var onApps = filter(placements, placement => placement.backend == 'container-apps')

// Several placements may share a resource group: each is given once.
var instancesGroups = union([], map(onInstances, placement => {
  subscriptionId: toLower(placement.subscriptionId)
  resourceGroup: toLower(placement.resourceGroup)
}))

// Those of the jobs: what is listed and removed is there, wherever the environment is.
var appsGroups = union([], map(onApps, placement => {
  subscriptionId: toLower(placement.subscriptionId)
  resourceGroup: toLower(placement.resourceGroup)
}))

// Other clusters are reached by a kubeconfig, and need no right in Azure.
var aksClusters = union([], map(filter(onClusters, placement => contains(placement.cluster, 'aks')), placement => {
  subscriptionId: toLower(placement.cluster.aks.subscriptionId)
  resourceGroup: toLower(placement.cluster.aks.resourceGroup)
  name: toLower(placement.cluster.aks.name)
}))

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: resourceGroupName
  location: location
  tags: tags
}

module identity 'watchdog/identity.bicep' = {
  name: 'gpu-jobs-watchdog-identity'
  scope: group
  params: {
    location: location
    tags: tags
  }
}

module instancesRole 'watchdog/instances-role.bicep' = {
  name: '${deployment().name}-role'
  params: {
    placementGroups: instancesGroups
  }
}

module instancesAccess 'watchdog/access.bicep' = [for (placementGroup, index) in instancesGroups: {
  name: 'gpu-jobs-watchdog-access-${index}'
  scope: resourceGroup(placementGroup.subscriptionId, placementGroup.resourceGroup)
  params: {
    principalId: identity.outputs.principalId
    roleDefinitionName: instancesRole.outputs.roleDefinitionName
  }
}]

module appsRole 'watchdog/apps-role.bicep' = {
  name: '${deployment().name}-apps-role'
  params: {
    placementGroups: appsGroups
  }
}

module appsAccess 'watchdog/access.bicep' = [for (placementGroup, index) in appsGroups: {
  name: 'gpu-jobs-watchdog-apps-access-${index}'
  scope: resourceGroup(placementGroup.subscriptionId, placementGroup.resourceGroup)
  params: {
    principalId: identity.outputs.principalId
    roleDefinitionName: appsRole.outputs.roleDefinitionName
  }
}]

module clusterRole 'watchdog/cluster-role.bicep' = if (!empty(aksClusters)) {
  name: '${deployment().name}-cluster-role'
  params: {
    clusters: aksClusters
  }
}

module clusterAccess 'watchdog/cluster-access.bicep' = [for (cluster, index) in aksClusters: {
  name: 'gpu-jobs-watchdog-cluster-access-${index}'
  scope: resourceGroup(cluster.subscriptionId, cluster.resourceGroup)
  params: {
    principalId: identity.outputs.principalId
    clusterName: cluster.name
  }
}]

module secrets 'watchdog/secrets.bicep' = if (!empty(keyVaultName)) {
  name: 'gpu-jobs-watchdog-secrets'
  scope: resourceGroup(empty(keyVaultResourceGroup) ? registryResourceGroup : keyVaultResourceGroup)
  params: {
    principalId: identity.outputs.principalId
    keyVaultName: keyVaultName
  }
}

module pull 'pull.bicep' = {
  name: 'gpu-jobs-watchdog-pull'
  scope: resourceGroup(registryResourceGroup)
  params: {
    principalId: identity.outputs.principalId
    registryName: registryName
  }
}

module alerts 'watchdog/alerts.bicep' = {
  name: 'gpu-jobs-watchdog-alerts'
  scope: group
  params: {
    location: location
    tags: tags
    healthUrl: healthUrl
    alertEmail: alertEmail
  }
}

module job 'watchdog/job.bicep' = {
  name: 'gpu-jobs-watchdog-job'
  scope: group
  params: {
    location: location
    tags: tags
    identityId: identity.outputs.id
    clientId: identity.outputs.clientId
    ownerId: ownerId
    placements: placements
    keyVaultUrl: empty(keyVaultName) ? '' : 'https://${keyVaultName}${environment().suffixes.keyvaultDns}'
    registryServer: pull.outputs.loginServer
    image: image
    workspaceName: alerts.outputs.workspaceName
    actionGroupId: alerts.outputs.actionGroupId
  }
  dependsOn: [
    instancesAccess
    appsAccess
    clusterAccess
    secrets
  ]
}

// By which a cluster's own roles, or those of its namespaces in Azure, are given to the watchdog (README.md).
output principalId string = identity.outputs.principalId
