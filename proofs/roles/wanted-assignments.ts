// Which roles the files of infra/ must give, and on what: the built-in ones by their ids, the custom ones by the file
// that gives them. What each is needed for stands in docs/roles.md.

interface BuiltInRole {
  readonly id: string;
  readonly name: string;
}

/** What one file gives, on resources of these types alone. */
export interface WantedAssignments {
  /** Below infra/. */
  readonly file: string;
  /** Empty where a parameter names the role: one of the custom ones. */
  readonly roles: readonly BuiltInRole[];
  /** Empty where it is the group or the subscription that the file is deployed to. */
  readonly on: readonly string[];
}

/** A custom role, and the file that alone may give it. */
export interface WantedAccess {
  readonly role: string;
  readonly by: string;
}

const STORAGE = 'Microsoft.Storage/storageAccounts';
const VAULT = 'Microsoft.KeyVault/vaults';
const REGISTRY = 'Microsoft.ContainerRegistry/registries';
const CLUSTER = 'Microsoft.ContainerService/managedClusters';
const SECRETS_USER = { id: '4633458b-17de-408a-b874-0445c86b69e6', name: 'Key Vault Secrets User' };

/** The ids are those of Azure built-in roles (docs/facts/azure-roles.md#built-in-roles). */
export const WANTED_ASSIGNMENTS: readonly WantedAssignments[] = [
  {
    file: 'app/data-access.bicep',
    roles: [
      { id: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b', name: 'Storage Blob Data Owner' },
      { id: '974c5e8b-45b9-4653-ba55-5f855dd0fb88', name: 'Storage Queue Data Contributor' },
      { id: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3', name: 'Storage Table Data Contributor' },
      SECRETS_USER,
      { id: '3913510d-42f4-4e42-8a64-420c390055eb', name: 'Monitoring Metrics Publisher' },
    ],
    on: [STORAGE, VAULT, 'Microsoft.Insights/components'],
  },
  {
    file: 'app/person-access.bicep',
    roles: [
      { id: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1', name: 'Storage Blob Data Reader' },
      { id: '19e7f393-937e-4f77-808e-94535e297925', name: 'Storage Queue Data Reader' },
      { id: '76199698-9eea-4c19-bc75-cec21354c6b6', name: 'Storage Table Data Reader' },
    ],
    on: [STORAGE],
  },
  {
    file: 'pull.bicep',
    roles: [{ id: '7f951dda-4ed3-4680-a7ca-43fe172d538d', name: 'AcrPull' }],
    on: [REGISTRY],
  },
  {
    file: 'watchdog/cluster-access.bicep',
    roles: [
      { id: '4abbcc35-e782-43d8-92c5-2d3f1bd2253f', name: 'Azure Kubernetes Service Cluster User Role' },
    ],
    on: [CLUSTER],
  },
  { file: 'watchdog/secrets.bicep', roles: [SECRETS_USER], on: [VAULT] },
  { file: 'watchdog/access.bicep', roles: [], on: [] },
  { file: 'app/roles/access.bicep', roles: [], on: [] },
  { file: 'app/roles/subscription-access.bicep', roles: [], on: [] },
  { file: 'app/roles/environment-access.bicep', roles: [], on: ['Microsoft.App/managedEnvironments'] },
  { file: 'app/roles/cluster-access.bicep', roles: [], on: [CLUSTER] },
  { file: 'app/roles/workspace-access.bicep', roles: [], on: ['Microsoft.OperationalInsights/workspaces'] },
  {
    file: 'app/roles/share-access.bicep',
    roles: [{ id: '69566ab7-960f-475b-8e7c-b3118f30c6bd', name: 'Storage File Data Privileged Contributor' }],
    on: [STORAGE],
  },
  {
    file: 'app/roles/identity-access.bicep',
    roles: [],
    on: ['Microsoft.ManagedIdentity/userAssignedIdentities'],
  },
];

/** The watchdog's role in namespaces is given by hand. */
export const WANTED_ACCESS: readonly WantedAccess[] = [
  { role: 'app/roles/instances-role.bicep', by: 'app/roles/access.bicep' },
  { role: 'app/roles/instances-region-role.bicep', by: 'app/roles/subscription-access.bicep' },
  { role: 'app/roles/apps-role.bicep', by: 'app/roles/access.bicep' },
  { role: 'app/roles/apps-region-role.bicep', by: 'app/roles/subscription-access.bicep' },
  { role: 'app/roles/environment-role.bicep', by: 'app/roles/environment-access.bicep' },
  { role: 'app/roles/workspace-role.bicep', by: 'app/roles/workspace-access.bicep' },
  { role: 'app/roles/clusters-role.bicep', by: 'app/roles/cluster-access.bicep' },
  { role: 'app/roles/identities-role.bicep', by: 'app/roles/identity-access.bicep' },
  { role: 'watchdog/instances-role.bicep', by: 'watchdog/access.bicep' },
  { role: 'watchdog/apps-role.bicep', by: 'watchdog/access.bicep' },
];
