// An environment of Container Apps with GPUs, the workspace of its jobs' logs, and the placement that both make. It
// costs nothing while no job runs: a GPU profile has no nodes of its own.
param location string
param name string
param workspaceName string
param tags object

@description('Names under which the environment offers its GPUs, each { sku, profile, type }.')
param gpus array

@description('How many jobs may run here at once; the platform\'s quota is read and kept to beside it.')
param jobsAtOnce int

@description('Dollars an hour by what they are of, such as { T4: … cpu: … memoryGb: … }; empty: no job says what it cost.')
param prices object

// Apart from the app's workspace: who completes a job's log has no business in the app's own.
resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: 30
  }
}

resource managedEnvironment 'Microsoft.App/managedEnvironments@2025-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: workspace.properties.customerId
        sharedKey: workspace.listKeys().primarySharedKey
      }
    }
    // GPU profiles take no counts of nodes (docs/facts/container-apps.md#profiles).
    workloadProfiles: concat([
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
    ], map(gpus, gpu => {
      name: gpu.profile
      workloadProfileType: gpu.type
    }))
  }
}

@description('One placement as GPU_JOBS_PLACEMENTS has it.')
output placement object = {
  name: 'apps-${location}'
  backend: 'container-apps'
  subscriptionId: subscription().subscriptionId
  resourceGroup: resourceGroup().name
  region: location
  environment: managedEnvironment.name
  gpus: map(gpus, gpu => {
    sku: gpu.sku
    counts: [
      1
    ]
    profile: gpu.profile
  })
  workspaceId: workspace.properties.customerId
  limits: {
    workloads: jobsAtOnce
  }
  prices: prices
}
