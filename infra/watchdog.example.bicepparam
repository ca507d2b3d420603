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
]
param registryName = 'myregistry'
param registryResourceGroup = 'my-registry'
param healthUrl = 'https://my-gpu-jobs.azurewebsites.net/api/health'
param alertEmail = 'operator@example.com'
