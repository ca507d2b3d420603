// The app on a Flex Consumption plan. Every connection is by the user-assigned identity: the host's by the settings
// AzureWebJobsStorage__…, our own clients' by AZURE_CLIENT_ID, the package's by the deployment's own.
param location string
param name string
param planName string
param tags object
param identityId string
param clientId string
param storageAccountName string
param packageContainer string
param insightsName string
param keyVaultUrl string

param nodeVersion string
param instanceMemoryMB int
param maximumInstanceCount int
param alwaysReadyDurable int

@description('Placements that this deployment has made, before the further ones.')
param ownPlacements array
param furtherPlacements array
param schedules array
param policy object

var placements = concat(ownPlacements, furtherPlacements)

var optionalSettings = concat(empty(schedules) ? [] : [
  {
    name: 'GPU_JOBS_SCHEDULES'
    value: string(schedules)
  }
], empty(policy) ? [] : [
  {
    name: 'GPU_JOBS_POLICY'
    value: string(policy)
  }
])

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: storageAccountName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  // By this tag azd finds where the service of azure.yaml goes.
  tags: union(tags, {
    'azd-service-name': 'api'
  })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${account.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'node'
        version: nodeVersion
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        // All orchestrations and activities run in this group: one warm instance of it spares each job a cold start.
        alwaysReady: alwaysReadyDurable > 0 ? [
          {
            name: 'durable'
            instanceCount: alwaysReadyDurable
          }
        ] : []
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      appSettings: concat([
        {
          name: 'AzureWebJobsStorage__credential'
          value: 'managedidentity'
        }
        {
          name: 'AzureWebJobsStorage__clientId'
          value: clientId
        }
        {
          name: 'AzureWebJobsStorage__blobServiceUri'
          value: account.properties.primaryEndpoints.blob
        }
        {
          name: 'AzureWebJobsStorage__queueServiceUri'
          value: account.properties.primaryEndpoints.queue
        }
        {
          name: 'AzureWebJobsStorage__tableServiceUri'
          value: account.properties.primaryEndpoints.table
        }
        {
          // Only the host reads the setting above with its name; our own clients find the identity by this one.
          name: 'AZURE_CLIENT_ID'
          value: clientId
        }
        {
          name: 'APPLICATIONINSIGHTS_CONNECTION_STRING'
          value: insights.properties.ConnectionString
        }
        {
          name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING'
          value: 'ClientId=${clientId};Authorization=AAD'
        }
        {
          name: 'GPU_JOBS_KEY_VAULT'
          value: keyVaultUrl
        }
        {
          name: 'GPU_JOBS_PLACEMENTS'
          value: string(placements)
        }
      ], optionalSettings)
    }
  }
}

// No password leads to the app's files: azd deploys with a token of the person who runs it.
resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource noScmPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'scm'
  properties: {
    allow: false
  }
}

output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
output placements array = placements
