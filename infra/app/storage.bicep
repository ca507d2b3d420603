// The app's storage account: its rows, logs and queues, the state of Durable Functions, and the deployed package.
// Nobody has a key to it: every caller is an identity with a role (data-access.bicep, person-access.bicep).
param location string
param name string
param tags object

@description('Of the package that azd uploads.')
param packageContainer string

// By these names the code asks for them (storage/blobs, app/services.ts). Its tables, and a container for the outputs
// of a job (storage/outputs), it makes when it first writes.
var containers = [
  packageContainer
  'job-logs'
  'job-results'
  'job-secrets'
  'job-specs'
  'rejected'
]
var queues = [
  'gpu-jobs'
  'gpu-jobs-kick'
  'gpu-job-events'
]

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-08-01' = {
  parent: account
  name: 'default'
  properties: {
    // What is deleted is gone: secrets that wait for their job are blobs too.
    deleteRetentionPolicy: {
      enabled: false
    }
    containerDeleteRetentionPolicy: {
      enabled: false
    }
    isVersioningEnabled: false
  }
}

resource blobContainers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-08-01' = [for container in containers: {
  parent: blobs
  name: container
  properties: {
    publicAccess: 'None'
  }
}]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-08-01' = {
  parent: account
  name: 'default'
}

resource messageQueues 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-08-01' = [for queue in queues: {
  parent: queueService
  name: queue
}]

output name string = account.name
output blobUrl string = account.properties.primaryEndpoints.blob
output queueUrl string = account.properties.primaryEndpoints.queue
output tableUrl string = account.properties.primaryEndpoints.table
