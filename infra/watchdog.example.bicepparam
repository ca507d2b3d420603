using 'watchdog.bicep'

param location = 'westeurope'
// GET /api/health tells it.
param ownerId = 'owner0000000'
// As in the app's setting GPU_JOBS_PLACEMENTS.
param placements = [
  {
    name: 'eastus'
    backend: 'aci'
    subscriptionId: '00000000-0000-0000-0000-000000000000'
    resourceGroup: 'gpu-jobs-eastus'
    region: 'eastus'
    gpus: [
      {
        sku: 'V100'
        counts: [
          1
        ]
      }
    ]
    limits: {
      workloads: 100
    }
  }
  {
    name: 'aks-t4'
    backend: 'kubernetes'
    cluster: {
      aks: {
        subscriptionId: '00000000-0000-0000-0000-000000000000'
        resourceGroup: 'my-clusters'
        name: 'my-cluster'
      }
    }
    namespace: 'gpu-jobs'
    gpus: [
      {
        sku: 'T4'
        counts: [
          1
        ]
      }
    ]
    limits: {
      workloads: 2
    }
  }
  {
    name: 'apps-westus3'
    backend: 'container-apps'
    subscriptionId: '00000000-0000-0000-0000-000000000000'
    resourceGroup: 'gpu-jobs'
    region: 'westus3'
    // In another resource group or subscription, perhaps: the watchdog needs nothing there.
    environment: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/my-environments/providers/Microsoft.App/managedEnvironments/gpu-env'
    gpus: [
      {
        sku: 'A100'
        counts: [
          1
        ]
        profile: 'a100'
      }
    ]
    limits: {
      workloads: 2
    }
  }
]
// The app's key vault, where a placement names a kubeconfig by "secretRef".
param keyVaultName = ''
param keyVaultResourceGroup = ''
param registryName = 'myregistry'
param registryResourceGroup = 'my-registry'
param healthUrl = 'https://my-gpu-jobs.azurewebsites.net/api/health'
param alertEmail = 'operator@example.com'
