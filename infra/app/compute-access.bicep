// What the app's identity may do where its placements are, kind by kind: the roles of roles/, each no wider than the
// code needs it.
targetScope = 'subscription'

param principalId string

@description('Placements as GPU_JOBS_PLACEMENTS has them. Of one on Container Apps that this deployment makes, its subscription, group and environment will do.')
param placements array

@description('Workspaces that this deployment makes, each { subscriptionId, resourceGroup, name }.')
param workspaces array

// Each kind of compute has its own members, so a placement is asked for those of its kind only.
var onInstances = filter(placements, placement => placement.backend == 'aci')
var onApps = filter(placements, placement => placement.backend == 'container-apps')
var onClusters = filter(placements, placement => placement.backend == 'kubernetes')

module instances 'placements/instances.bicep' = if (!empty(onInstances)) {
  name: '${deployment().name}-instances'
  params: {
    principalId: principalId
    placements: onInstances
  }
}

module apps 'placements/apps.bicep' = if (!empty(onApps)) {
  name: '${deployment().name}-apps'
  params: {
    principalId: principalId
    placements: onApps
    workspaces: workspaces
  }
}

module clusters 'placements/clusters.bicep' = if (!empty(onClusters)) {
  name: '${deployment().name}-clusters'
  params: {
    principalId: principalId
    placements: onClusters
  }
}
