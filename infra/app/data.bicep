// What must be there before the app starts: its identity, storage, vault and telemetry, and the rights on them.
param location string

@description('What makes names unique in Azure.')
param token string
param tags object
param packageContainer string
param vaultPurgeProtection bool

@description('Who deploys; empty: nobody but the app may read the data.')
param principalId string
param principalType string

module identity 'identity.bicep' = {
  name: 'gpu-jobs-identity'
  params: {
    location: location
    name: 'id-${token}'
    tags: tags
  }
}

module storage 'storage.bicep' = {
  name: 'gpu-jobs-storage'
  params: {
    location: location
    name: 'st${token}'
    tags: tags
    packageContainer: packageContainer
  }
}

module vault 'vault.bicep' = {
  name: 'gpu-jobs-vault'
  params: {
    location: location
    name: 'kv-${token}'
    tags: tags
    purgeProtection: vaultPurgeProtection
  }
}

module monitoring 'monitoring.bicep' = {
  name: 'gpu-jobs-monitoring'
  params: {
    location: location
    workspaceName: 'log-${token}'
    insightsName: 'appi-${token}'
    tags: tags
  }
}

module access 'data-access.bicep' = {
  name: 'gpu-jobs-data-access'
  params: {
    principalId: identity.outputs.principalId
    storageAccountName: storage.outputs.name
    keyVaultName: vault.outputs.name
    insightsName: monitoring.outputs.insightsName
  }
}

module personAccess 'person-access.bicep' = if (!empty(principalId)) {
  name: 'gpu-jobs-person-access'
  params: {
    principalId: principalId
    principalType: principalType
    storageAccountName: storage.outputs.name
  }
}

output identityId string = identity.outputs.id
output clientId string = identity.outputs.clientId
output principalId string = identity.outputs.principalId
output storageAccountName string = storage.outputs.name
output blobUrl string = storage.outputs.blobUrl
output queueUrl string = storage.outputs.queueUrl
output tableUrl string = storage.outputs.tableUrl
output keyVaultName string = vault.outputs.name
output keyVaultUrl string = vault.outputs.url
output insightsName string = monitoring.outputs.insightsName
