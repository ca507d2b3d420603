// The key vault of `secretRef` and `passwordRef`. Roles decide who reads it, access policies do not exist.
param location string

@description('Unique in all of Azure, 24 characters at most.')
param name string
param tags object

@description('On, nobody can purge the vault before its retention ends, and this can never be turned off.')
param purgeProtection bool

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
    // Azure takes true here or nothing.
    enablePurgeProtection: purgeProtection ? true : null
  }
}

output name string = vault.name
output url string = vault.properties.vaultUri
