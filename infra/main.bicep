// The whole deployment, as `azd up` makes it: the app and its data in one resource group, the GPU jobs and their
// environment in a second, the watchdog in a third. infra/README.md tells what each parameter costs and changes.
targetScope = 'subscription'

@minLength(1)
@maxLength(64)
@description('Name of azd\'s environment: resource groups are named after it.')
param environmentName string

@minLength(1)
@description('Where the app runs; any region with Flex Consumption. Its GPUs may be elsewhere.')
param location string

@description('Object id of who deploys: may read the data, for gpujobs doctor. Empty: nobody may but the app.')
param principalId string = ''

@description('What principalId is.')
@allowed([
  'User'
  'Group'
  'ServicePrincipal'
])
param principalType string = 'User'

@description('Azure Functions supports 24 until April 2028 and 22 until April 2027.')
@allowed([
  '22'
  '24'
])
param nodeVersion string = '24'

@allowed([
  512
  2048
  4096
])
param instanceMemoryMB int = 2048

@description('How many instances each group of functions scales out to.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances that always wait for orchestrations. Each is billed for its memory all day; with 0 a job may wait for a cold start.')
@minValue(0)
@maxValue(10)
param alwaysReadyDurable int = 1

// With a T4 by April 2026 (docs/facts/container-apps.md#gpu-regions).
@description('Where an environment of Container Apps with GPUs is made. "none": none is.')
@allowed([
  'none'
  'australiaeast'
  'brazilsouth'
  'canadacentral'
  'centralindia'
  'eastus'
  'francecentral'
  'italynorth'
  'japaneast'
  'northcentralus'
  'southcentralus'
  'southeastasia'
  'southindia'
  'swedencentral'
  'uksouth'
  'westeurope'
  'westus'
  'westus2'
  'westus3'
])
param gpuRegion string = 'westus3'

@description('Offer A100 beside T4. By April 2026 they are in australiaeast, brazilsouth, canadacentral, eastus, italynorth, swedencentral, uksouth, westus and westus3 only.')
param gpuA100 bool = false

@description('How many jobs may run in that environment at once, beside the quota that the platform gives.')
@minValue(1)
param gpuJobsAtOnce int = 4

@description('Dollars an hour there: of a GPU under its SKU, of a core under cpu, of a GB under memoryGb. Empty: jobs say no cost.')
param gpuPrices object = {}

@description('Further placements, as GPU_JOBS_PLACEMENTS has them: container instances, AKS, other environments.')
param furtherPlacements array = []

@description('Whole ids of the storage accounts whose shares placements name without a keyRef.')
param fileAccounts array = []

@description('As GPU_JOBS_SCHEDULES has them.')
param schedules array = []

@description('As GPU_JOBS_POLICY has it: what specs may use.')
param policy object = {}

@description('Nobody can purge the key vault for its seven days after a delete. It can\'t be turned off again.')
param vaultPurgeProtection bool = false

@description('The deployment\'s owner id, which the app makes at its first start and GET /api/health tells. A hook of azd sets it.')
param ownerId string = ''

@description('A registry of yours with images of jobs, which are then pulled without a password. Empty: none.')
param registry string = ''

@description('The resource group of that registry, in this subscription.')
param registryGroup string = ''

@description('Repository and tag of the watchdog in that registry, such as gpu-jobs-watchdog:1. Empty: there is no watchdog.')
param watchdogImage string = ''

@description('Best not the app\'s own region. Empty: it is.')
param watchdogLocation string = ''

@description('Who is told by mail when no sweep runs. Empty: alerts show in the portal only.')
param alertEmail string = ''

// Names that must be unique in Azure carry it.
var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = {
  'azd-env-name': environmentName
}
var appGroupName = 'rg-${environmentName}'
var jobsGroupName = 'rg-${environmentName}-jobs'
var packageContainer = 'app-package'

var hasGpuEnvironment = gpuRegion != 'none'
var gpuEnvironmentName = 'gpu-${token}'
var gpuWorkspaceName = 'log-gpu-${token}'
var gpus = concat([
  {
    sku: 'T4'
    profile: 't4'
    type: 'Consumption-GPU-NC8as-T4'
  }
], gpuA100 ? [
  {
    sku: 'A100'
    profile: 'a100'
    type: 'Consumption-GPU-NC24-A100'
  }
] : [])

// What is asked for rights must be known before anything is made: so much is known of our own placement.
var ownApps = hasGpuEnvironment ? [
  {
    backend: 'container-apps'
    subscriptionId: subscription().subscriptionId
    resourceGroup: jobsGroupName
    environment: gpuEnvironmentName
  }
] : []
var ownWorkspaces = hasGpuEnvironment ? [
  {
    subscriptionId: subscription().subscriptionId
    resourceGroup: jobsGroupName
    name: gpuWorkspaceName
  }
] : []

// The watchdog reads the vault only where a kubeconfig is kept in it.
var onClusters = filter(furtherPlacements, placement => placement.backend == 'kubernetes')
var needsVault = !empty(filter(onClusters, placement => contains(placement.cluster, 'kubeconfig') && contains(placement.cluster.kubeconfig, 'secretRef')))

var pullIdentityName = 'id-pull-${token}'
var pullIdentities = empty(registry) ? [] : [
  '${subscription().id}/resourceGroups/${appGroupName}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${pullIdentityName}'
]
var withIdentities = filter(furtherPlacements, placement => contains(placement, 'identities'))

resource appGroup 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: appGroupName
  location: location
  tags: tags
}

// Apart from the app's: its identity may make and delete jobs here, and nothing in its own group.
resource jobsGroup 'Microsoft.Resources/resourceGroups@2025-04-01' = if (hasGpuEnvironment) {
  name: jobsGroupName
  location: gpuRegion
  tags: tags
}

module data 'app/data.bicep' = {
  name: 'gpu-jobs-data'
  scope: appGroup
  params: {
    location: location
    token: token
    tags: tags
    packageContainer: packageContainer
    vaultPurgeProtection: vaultPurgeProtection
    principalId: principalId
    principalType: principalType
  }
}

module gpuEnvironment 'app/gpu-environment.bicep' = if (hasGpuEnvironment) {
  name: 'gpu-jobs-gpu-environment'
  scope: resourceGroup(jobsGroupName)
  params: {
    location: gpuRegion
    name: gpuEnvironmentName
    workspaceName: gpuWorkspaceName
    tags: tags
    gpus: gpus
    jobsAtOnce: gpuJobsAtOnce
    prices: gpuPrices
  }
  dependsOn: [
    jobsGroup
  ]
}

module computeAccess 'app/compute-access.bicep' = {
  name: 'gpu-jobs-${token}'
  params: {
    principalId: data.outputs.principalId
    placements: concat(ownApps, furtherPlacements)
    workspaces: ownWorkspaces
  }
  dependsOn: [
    gpuEnvironment
  ]
}

module pulls 'app/placements/pulls.bicep' = if (!empty(registry)) {
  name: 'gpu-jobs-${token}-pulls'
  params: {
    location: location
    resourceGroupName: appGroup.name
    identityName: pullIdentityName
    tags: tags
    registry: registry
    registryGroup: registryGroup
  }
}

module identities 'app/placements/identities.bicep' = if (!empty(pullIdentities) || !empty(withIdentities)) {
  name: 'gpu-jobs-${token}-identities'
  params: {
    principalId: data.outputs.principalId
    placements: withIdentities
    pulling: pullIdentities
  }
  dependsOn: [
    pulls
  ]
}

module shares 'app/roles/share-access.bicep' = [for (accountId, index) in fileAccounts: {
  name: 'gpu-jobs-${token}-shares-${index}'
  scope: resourceGroup(split(accountId, '/')[2], split(accountId, '/')[4])
  params: {
    principalId: data.outputs.principalId
    accountName: last(split(accountId, '/'))
  }
}]

module functions 'app/functions.bicep' = {
  name: 'gpu-jobs-functions'
  scope: appGroup
  params: {
    location: location
    name: 'func-${token}'
    planName: 'plan-${token}'
    tags: tags
    identityId: data.outputs.identityId
    clientId: data.outputs.clientId
    storageAccountName: data.outputs.storageAccountName
    packageContainer: packageContainer
    insightsName: data.outputs.insightsName
    keyVaultUrl: data.outputs.keyVaultUrl
    nodeVersion: nodeVersion
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyDurable: alwaysReadyDurable
    ownPlacements: hasGpuEnvironment ? [
      gpuEnvironment!.outputs.placement
    ] : []
    furtherPlacements: furtherPlacements
    schedules: schedules
    policy: policy
  }
}

// In a resource group of its own, so that deleting the app's spares it. It is left out until the owner id is known.
module watchdog 'watchdog.bicep' = if (!empty(watchdogImage) && !empty(ownerId)) {
  name: 'gpu-jobs-${token}-watchdog'
  params: {
    location: empty(watchdogLocation) ? location : watchdogLocation
    resourceGroupName: 'rg-${environmentName}-watchdog'
    tags: tags
    ownerId: ownerId
    placements: functions.outputs.placements
    registryName: registry
    registryResourceGroup: registryGroup
    image: watchdogImage
    healthUrl: '${functions.outputs.url}/api/health'
    alertEmail: alertEmail
    keyVaultName: needsVault ? data.outputs.keyVaultName : ''
    keyVaultResourceGroup: appGroupName
  }
}

// azd keeps them in its environment, and by these names `gpujobs doctor` knows the deployment. None is secret.
output AZURE_TENANT_ID string = subscription().tenantId
output AZURE_RESOURCE_GROUP string = appGroup.name
// By which a cluster's own roles are given to the app (docs/kubernetes.md#rights).
output GPU_JOBS_PRINCIPAL_ID string = data.outputs.principalId
output SERVICE_API_NAME string = functions.outputs.name
output GPUJOBS_URL string = functions.outputs.url
output GPU_JOBS_PLACEMENTS string = string(functions.outputs.placements)
output GPU_JOBS_KEY_VAULT string = data.outputs.keyVaultUrl
// What a spec names as its registry's identity; empty without a registry.
output GPU_JOBS_PULL_IDENTITY string = empty(registry) ? '' : pulls!.outputs.identityId
output AzureWebJobsStorage__blobServiceUri string = data.outputs.blobUrl
output AzureWebJobsStorage__queueServiceUri string = data.outputs.queueUrl
output AzureWebJobsStorage__tableServiceUri string = data.outputs.tableUrl
