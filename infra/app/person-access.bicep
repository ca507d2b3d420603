// What the person who deploys may read of the data, so that `gpujobs doctor` runs on their machine. Nothing is written
// by these roles, and no secret of the vault is read.
param principalId string
param principalType string
param storageAccountName string

// Azure's built-in roles.
var readerRoles = {
  blobDataReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
  queueDataReader: '19e7f393-937e-4f77-808e-94535e297925'
  tableDataReader: '76199698-9eea-4c19-bc75-cec21354c6b6'
}

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: storageAccountName
}

resource onStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in items(readerRoles): {
  name: guid(account.id, principalId, role.value)
  scope: account
  properties: {
    principalId: principalId
    principalType: principalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
  }
}]
