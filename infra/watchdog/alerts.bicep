// Whom the alerts reach, and the alert on the absence of a good sweep: an availability test of the app's health, which
// answers 503 without one.
param location string
param tags object
param healthUrl string
param alertEmail string

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'gpu-jobs-watchdog'
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: 30
  }
}

// The watchdog's own: the app's Application Insights may be deleted with the app.
resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'gpu-jobs-watchdog'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
  }
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'gpu-jobs-watchdog'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'gpu-jobs'
    enabled: true
    emailReceivers: empty(alertEmail) ? [] : [
      {
        name: 'operator'
        emailAddress: alertEmail
        useCommonAlertSchema: true
      }
    ]
  }
}

resource health 'Microsoft.Insights/webtests@2022-06-15' = {
  name: 'gpu-jobs-health'
  location: location
  kind: 'standard'
  tags: union(tags, {
    // How Application Insights finds its tests.
    'hidden-link:${insights.id}': 'Resource'
  })
  properties: {
    SyntheticMonitorId: 'gpu-jobs-health'
    Name: 'gpu-jobs-health'
    Description: 'GET /api/health: 200 only when the last good sweep is at most five minutes old'
    Enabled: true
    Kind: 'standard'
    Frequency: 300
    Timeout: 30
    RetryEnabled: true
    Locations: [
      {
        Id: 'us-va-ash-azr'
      }
      {
        Id: 'emea-nl-ams-azr'
      }
      {
        Id: 'apac-sg-sin-azr'
      }
    ]
    Request: {
      RequestUrl: healthUrl
      HttpVerb: 'GET'
      ParseDependentRequests: false
      FollowRedirects: false
    }
    ValidationRules: {
      ExpectedHttpStatusCode: 200
      SSLCheck: true
    }
  }
}

resource notSwept 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'gpu-jobs-not-swept'
  location: 'global'
  tags: tags
  properties: {
    description: 'GET /api/health has no good answer: the app is away, its storage is, or nobody has swept for five minutes.'
    severity: 1
    enabled: true
    scopes: [
      health.id
      insights.id
    ]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: health.id
      componentId: insights.id
      failedLocationCount: 2
    }
    autoMitigate: true
    actions: [
      {
        actionGroupId: people.id
      }
    ]
  }
}

output workspaceName string = workspace.name
output actionGroupId string = people.id
