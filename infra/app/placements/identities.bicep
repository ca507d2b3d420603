// What the app's identity needs of the identities that it gives to workloads: those of programs, which placements on
// Azure name, and those that pull images.
targetScope = 'subscription'

@description('The app\'s identity.')
param principalId string

@description('Placements as GPU_JOBS_PLACEMENTS has them.')
param placements array

@description('Whole ids of identities that pull, made before.')
param pulling array

// On a cluster an identity is a service account and has no id.
var offered = flatten(map(placements, placement => contains(placement, 'identities') ? map(items(placement.identities), entry => entry.value) : []))
var ids = union(map(filter(offered, entry => contains(entry, 'id')), entry => toLower(entry.id)), map(pulling, id => toLower(id)))
// /subscriptions/…/resourceGroups/…/providers/Microsoft.ManagedIdentity/userAssignedIdentities/….
var identities = map(ids, id => {
  subscriptionId: split(id, '/')[2]
  resourceGroup: split(id, '/')[4]
  name: last(split(id, '/'))
})

module role '../roles/identities-role.bicep' = {
  name: '${deployment().name}-role'
  params: {
    placementGroups: identities
  }
}

module access '../roles/identity-access.bicep' = [for (identity, index) in identities: {
  name: '${deployment().name}-access-${index}'
  scope: resourceGroup(identity.subscriptionId, identity.resourceGroup)
  params: {
    principalId: principalId
    roleDefinitionName: role.outputs.roleDefinitionName
    identityName: identity.name
  }
}]
