// Gives the app the role by which it reads the shares of one storage account, and makes folders there, without a key.
param principalId string
param accountName string

// Azure's own: Storage File Data Privileged Contributor. Others go by each file's access list
// (docs/facts/azure-files.md#sign-in).
var fileDataPrivilegedContributor = '69566ab7-960f-475b-8e7c-b3118f30c6bd'

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: accountName
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, fileDataPrivilegedContributor)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', fileDataPrivilegedContributor)
  }
}
