// What the app's identity needs where placements on Container Apps are: one role in the resource groups of their jobs,
// one on their environments, one on the environments' subscriptions for quotas, and one on the workspaces of logs.
targetScope = 'subscription'

param principalId string

@description('Placements as GPU_JOBS_PLACEMENTS has them, those with the backend container-apps.')
param placements array

@description('Workspaces that this deployment made, each { subscriptionId, resourceGroup, name }. A placement names others by their customer id alone, by which no role can be given.')
param workspaces array

var jobGroups = union([], map(placements, placement => {
  subscriptionId: toLower(placement.subscriptionId)
  resourceGroup: toLower(placement.resourceGroup)
}))

// A placement names its environment by its name in the jobs' group, or by its whole id:
// /subscriptions/…/resourceGroups/…/providers/Microsoft.App/managedEnvironments/….
var environments = union([], map(placements, placement => {
  subscriptionId: toLower(contains(placement.environment, '/') ? split(placement.environment, '/')[2] : placement.subscriptionId)
  resourceGroup: toLower(contains(placement.environment, '/') ? split(placement.environment, '/')[4] : placement.resourceGroup)
  name: toLower(last(split(placement.environment, '/')))
}))
var subscriptions = union([], map(environments, environment => environment.subscriptionId))

module role '../roles/apps-role.bicep' = {
  name: '${deployment().name}-role'
  params: {
    placementGroups: jobGroups
  }
}

module access '../roles/access.bicep' = [for (group, index) in jobGroups: {
  name: '${deployment().name}-access-${index}'
  scope: resourceGroup(group.subscriptionId, group.resourceGroup)
  params: {
    principalId: principalId
    roleDefinitionName: role.outputs.roleDefinitionName
  }
}]

module environmentRole '../roles/environment-role.bicep' = {
  name: '${deployment().name}-environment-role'
  params: {
    placementGroups: environments
  }
}

module environmentAccess '../roles/environment-access.bicep' = [for (environment, index) in environments: {
  name: '${deployment().name}-environment-access-${index}'
  scope: resourceGroup(environment.subscriptionId, environment.resourceGroup)
  params: {
    principalId: principalId
    roleDefinitionName: environmentRole.outputs.roleDefinitionName
    environmentName: environment.name
  }
}]

module regionRole '../roles/apps-region-role.bicep' = {
  name: '${deployment().name}-region-role'
  params: {
    placementGroups: environments
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

module workspaceRole '../roles/workspace-role.bicep' = {
  name: '${deployment().name}-workspace-role'
  params: {
    placementGroups: workspaces
  }
}

module workspaceAccess '../roles/workspace-access.bicep' = [for (workspace, index) in workspaces: {
  name: '${deployment().name}-workspace-access-${index}'
  scope: resourceGroup(workspace.subscriptionId, workspace.resourceGroup)
  params: {
    principalId: principalId
    roleDefinitionName: workspaceRole.outputs.roleDefinitionName
    workspaceName: workspace.name
  }
}]
