// Every five minutes `gpujobs sweep --expired-only` runs as a scheduled job of Container Apps. An alert fires when no
// run went well for long.
param location string
param tags object
param identityId string
param clientId string
param ownerId string
param placements array
@description('Empty: no placement names a secret.')
param keyVaultUrl string
param registryServer string
param image string
param workspaceName string
param actionGroupId string

var jobName = 'gpu-jobs-watchdog'

var vaultSetting = empty(keyVaultUrl) ? [] : [
  {
    name: 'GPU_JOBS_KEY_VAULT'
    value: keyVaultUrl
  }
]

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

resource managedEnvironment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: 'gpu-jobs-watchdog'
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
  }
}

resource job 'Microsoft.App/jobs@2024-03-01' = {
  name: jobName
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: managedEnvironment.id
    configuration: {
      triggerType: 'Schedule'
      scheduleTriggerConfig: {
        cronExpression: '*/5 * * * *'
        parallelism: 1
        replicaCompletionCount: 1
      }
      // Done before the next one begins; a run that fails is not repeated, the next one is.
      replicaTimeout: 240
      replicaRetryLimit: 0
      registries: [
        {
          server: registryServer
          identity: identityId
        }
      ]
    }
    template: {
      containers: [
        {
          name: 'watchdog'
          image: '${registryServer}/${image}'
          args: [
            '--owner'
            ownerId
          ]
          env: concat([
            {
              name: 'GPU_JOBS_PLACEMENTS'
              value: string(placements)
            }
            {
              // By which the credential chain finds the identity.
              name: 'AZURE_CLIENT_ID'
              value: clientId
            }
          ], vaultSetting)
          resources: {
            cpu: json('0.25')
            memory: '0.5Gi'
          }
        }
      ]
    }
  }
}

// The sweep prints its report as JSON, one field a line. Two zeros say that a run saw every list and sent every delete.
resource silence 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = {
  name: 'gpu-jobs-watchdog-silent'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'GPU jobs: the watchdog has not had a good run for half an hour'
    description: 'Workloads past their expiry may go on costing money if the app is gone too. Look at the executions of the Container Apps job.'
    severity: 2
    enabled: true
    scopes: [
      workspace.id
    ]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT30M'
    criteria: {
      allOf: [
        {
          query: 'ContainerAppConsoleLogs_CL | where ContainerGroupName_s startswith "${jobName}-" | where Log_s matches regex "\\"failed(Lists|Deletes)\\": 0" | summarize zeros = dcount(extract("(failed(Lists|Deletes))", 1, Log_s)) by ContainerGroupName_s | where zeros == 2'
          timeAggregation: 'Count'
          operator: 'LessThan'
          threshold: 1
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    // The table is there only after the first log line.
    skipQueryValidation: true
    autoMitigate: true
    actions: {
      actionGroups: [
        actionGroupId
      ]
    }
  }
}
