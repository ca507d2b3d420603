// What the watchdog may do in a namespace of a cluster whose rights Azure gives (Azure RBAC for Kubernetes): the same
// as infra/kubernetes/watchdog.yaml. It is assigned by hand, namespace by namespace (README.md): here it would hold for
// the Secrets of all of them.
targetScope = 'subscription'

@description('Each { subscriptionId } of a cluster with placements.')
param clusters array

var roleName = guid(subscription().id, 'gpu-jobs-watchdog-in-namespaces')

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: roleName
  properties: {
    // Names of custom roles are unique in a tenant.
    roleName: 'GPU jobs watchdog in namespaces (${substring(roleName, 0, 8)})'
    description: 'Finds and deletes Jobs, pods and Secrets of GPU jobs. Starts nothing, reads no logs.'
    type: 'CustomRole'
    permissions: [
      {
        actions: []
        notActions: []
        dataActions: [
          'Microsoft.ContainerService/managedClusters/batch/jobs/read'
          'Microsoft.ContainerService/managedClusters/batch/jobs/delete'
          'Microsoft.ContainerService/managedClusters/pods/read'
          'Microsoft.ContainerService/managedClusters/pods/delete'
          'Microsoft.ContainerService/managedClusters/secrets/read'
          'Microsoft.ContainerService/managedClusters/secrets/delete'
        ]
        notDataActions: []
      }
    ]
    assignableScopes: union([toLower(subscription().id)], map(clusters, cluster => '/subscriptions/${cluster.subscriptionId}'))
  }
}
