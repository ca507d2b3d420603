// An identity that pulls the images of one registry for jobs. A spec names it as its registry's identity. The app's
// right to give it to them is with that of other identities (identities.bicep).
targetScope = 'subscription'

param location string
param resourceGroupName string
param identityName string
param tags object
param registry string
param registryGroup string

module identity '../identity.bicep' = {
  name: '${deployment().name}-identity'
  scope: resourceGroup(resourceGroupName)
  params: {
    location: location
    name: identityName
    tags: tags
  }
}

module pull '../../pull.bicep' = {
  name: '${deployment().name}-pull'
  scope: resourceGroup(registryGroup)
  params: {
    principalId: identity.outputs.principalId
    registryName: registry
  }
}

output identityId string = identity.outputs.id
