// What opens a resource more than it must be, often by a default: each must be said, and said safely.
import { bodyOf, type DeclaredResource } from '../model/file';
import type { Model } from '../model/model';
import { resourceNameOf } from '../model/resource-name';
import { type Literal, literalOf, valuesAt } from '../model/values';
import type { Report, Rule } from './rule';

interface Safety {
  readonly type: string;
  /** From the resource's body. */
  readonly path: readonly string[];
  readonly safe: readonly Literal[];
  /** Whether Azure's own default is safe, so that it may be left out. */
  readonly safeByDefault: boolean;
  readonly why: string;
}

const SAFETIES: readonly Safety[] = [
  {
    type: 'Microsoft.Storage/storageAccounts',
    path: ['properties', 'allowSharedKeyAccess'],
    safe: [false],
    safeByDefault: false,
    why: 'whoever has a key of the account may do everything in it',
  },
  {
    type: 'Microsoft.Storage/storageAccounts',
    path: ['properties', 'allowBlobPublicAccess'],
    safe: [false],
    safeByDefault: false,
    why: 'a container could be opened to everybody',
  },
  {
    type: 'Microsoft.Storage/storageAccounts',
    path: ['properties', 'minimumTlsVersion'],
    safe: ['TLS1_2', 'TLS1_3'],
    safeByDefault: false,
    why: 'older versions of TLS are broken',
  },
  {
    type: 'Microsoft.Storage/storageAccounts',
    path: ['properties', 'supportsHttpsTrafficOnly'],
    safe: [true],
    safeByDefault: true,
    why: 'rows and files would travel in clear text',
  },
  {
    type: 'Microsoft.Storage/storageAccounts/blobServices/containers',
    path: ['properties', 'publicAccess'],
    safe: ['None'],
    safeByDefault: true,
    why: 'everybody could read it',
  },
  {
    type: 'Microsoft.Web/sites',
    path: ['properties', 'httpsOnly'],
    safe: [true],
    safeByDefault: false,
    why: 'keys of the API would travel in clear text',
  },
  {
    type: 'Microsoft.Web/sites',
    path: ['properties', 'siteConfig', 'minTlsVersion'],
    safe: ['1.2', '1.3'],
    safeByDefault: true,
    why: 'older versions of TLS are broken',
  },
  {
    type: 'Microsoft.Web/sites',
    path: ['properties', 'siteConfig', 'ftpsState'],
    safe: ['Disabled', 'FtpsOnly'],
    safeByDefault: true,
    why: 'FTP travels in clear text',
  },
  {
    type: 'Microsoft.Web/sites',
    path: ['properties', 'functionAppConfig', 'deployment', 'storage', 'authentication', 'type'],
    safe: ['SystemAssignedIdentity', 'UserAssignedIdentity'],
    safeByDefault: true,
    why: 'it needs a key of the account',
  },
  {
    type: 'Microsoft.Web/sites/basicPublishingCredentialsPolicies',
    path: ['properties', 'allow'],
    safe: [false],
    safeByDefault: false,
    why: 'a password would open the deployment',
  },
  {
    type: 'Microsoft.Insights/components',
    path: ['properties', 'DisableLocalAuth'],
    safe: [true],
    safeByDefault: true,
    why: 'whoever has the connection string may write to it',
  },
  {
    type: 'Microsoft.KeyVault/vaults',
    path: ['properties', 'enableRbacAuthorization'],
    safe: [true],
    safeByDefault: true,
    why: 'access policies can not be given for one secret alone',
  },
  {
    type: 'Microsoft.KeyVault/vaults',
    path: ['properties', 'enableSoftDelete'],
    safe: [true],
    safeByDefault: true,
    why: 'a deleted secret would be lost',
  },
  {
    type: 'Microsoft.ContainerRegistry/registries',
    path: ['properties', 'adminUserEnabled'],
    safe: [false],
    safeByDefault: true,
    why: 'a password would open it',
  },
  {
    type: 'Microsoft.ContainerRegistry/registries',
    path: ['properties', 'anonymousPullEnabled'],
    safe: [false],
    safeByDefault: true,
    why: 'everybody could pull the images',
  },
];

export const safeValues: Rule = (model, report) => {
  for (const resource of model.file.resources) {
    const type = resourceNameOf(resource)?.type.toLowerCase();
    if (resource.syntax.existing || type === undefined) continue;
    for (const safety of SAFETIES)
      if (safety.type.toLowerCase() === type) check(safety, resource, model, report);
  }
};

function check(safety: Safety, { name, syntax }: DeclaredResource, model: Model, report: Report): void {
  const { object } = bodyOf(syntax.value);
  if (object === undefined) return;
  const { path, safe, safeByDefault, why } = safety;
  const last = path.join('.');
  const wanted = safe.map((one) => (typeof one === 'string' ? `'${one}'` : String(one))).join(' or ');
  const values = valuesAt(object, path, model);
  if (values.length === 0 && !safeByDefault)
    report(name, `"${name.text}" does not say ${last}: set it to ${wanted}, else ${why}.`);
  for (const written of values) {
    const literal = literalOf(written);
    if (literal === undefined || safe.includes(literal)) continue;
    const said = `${last} of "${name.text}" can be ${typeof literal === 'string' ? `'${literal}'` : String(literal)}: it must be ${wanted}, else ${why}.`;
    report(written.model === model ? written.value : name, said);
  }
}
