// An identity that pulls the images of one registry for jobs, and the app's right to give it to them. A spec names it
// as its registry's identity.
targetScope = 'subscription'

@description('The app\'s identity.')
param principalId string
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

module role '../roles/identities-role.bicep' = {
  name: '${deployment().name}-role'
  params: {
    placementGroups: [
      {
        subscriptionId: subscription().subscriptionId
        resourceGroup: resourceGroupName
      }
    ]
  }
}

module access '../roles/identity-access.bicep' = {
  name: '${deployment().name}-access'
  scope: resourceGroup(resourceGroupName)
  params: {
    principalId: principalId
    roleDefinitionName: role.outputs.roleDefinitionName
    identityName: identityName
  }
  dependsOn: [
    identity
  ]
}

output identityId string = identity.outputs.id
