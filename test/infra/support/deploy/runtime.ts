// What Azure says of a resource once it is there, and no file does.
import { asText, type ValueObject } from './value';

/** The members of a resource's value beside its body. */
export function answered(type: string, body: ValueObject): ValueObject {
  const name = asText(body['name'] ?? '');
  const properties = propertiesOf(type, name);
  return properties === undefined ? {} : { properties };
}

function propertiesOf(type: string, name: string): ValueObject | undefined {
  switch (type) {
    case 'Microsoft.ManagedIdentity/userAssignedIdentities':
      return {
        clientId: '00000000-0000-0000-0000-0000000000c1',
        principalId: '00000000-0000-0000-0000-0000000000d1',
      };
    case 'Microsoft.Storage/storageAccounts':
      return {
        primaryEndpoints: Object.fromEntries(
          ['blob', 'queue', 'table'].map((service) => [
            service,
            `https://${name}.${service}.core.windows.net/`,
          ]),
        ),
      };
    case 'Microsoft.KeyVault/vaults':
      return { vaultUri: `https://${name}.vault.azure.net/` };
    case 'Microsoft.OperationalInsights/workspaces':
      return { customerId: '00000000-0000-0000-0000-0000000000bb' };
    case 'Microsoft.Insights/components':
      return { ConnectionString: `InstrumentationKey=${name}` };
    case 'Microsoft.Web/sites':
      return { defaultHostName: `${name}.azurewebsites.net` };
    case 'Microsoft.ContainerRegistry/registries':
      return { loginServer: `${name}.azurecr.io` };
    default:
      return undefined;
  }
}
