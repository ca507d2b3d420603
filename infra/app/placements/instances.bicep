// What the app's identity needs where placements on container instances are: one role in their resource groups, and one
// on their subscriptions for what lies in no group.
targetScope = 'subscription'

param principalId string

@description('Placements as GPU_JOBS_PLACEMENTS has them, those with the backend aci.')
param placements array

// Several placements may share a resource group: each is given once.
var groups = union([], map(placements, placement => {
  subscriptionId: toLower(placement.subscriptionId)
  resourceGroup: toLower(placement.resourceGroup)
}))
var subscriptions = union([], map(groups, group => group.subscriptionId))

module role '../roles/instances-role.bicep' = {
  name: '${deployment().name}-role'
  params: {
    placementGroups: groups
  }
}

module access '../roles/access.bicep' = [for (group, index) in groups: {
  name: '${deployment().name}-access-${index}'
  scope: resourceGroup(group.subscriptionId, group.resourceGroup)
  params: {
    principalId: principalId
    roleDefinitionName: role.outputs.roleDefinitionName
  }
}]

module regionRole '../roles/instances-region-role.bicep' = {
  name: '${deployment().name}-region-role'
  params: {
    placementGroups: groups
  }
}

module regionAccess '../roles/subscription-access.bicep' = [for (subscriptionId, index) in subscriptions: {
  name: '${deployment().name}-region-access-${index}'
  scope: subscription(subscriptionId)
  params: {
    principalId: principalId
    roleDefinitionName: regionRole.outputs.roleDefinitionName
  }
}]
