// What there is for pulls by identity: registries, managed identities, roles, and who has which role where.

export interface GivenRegistry {
  readonly subscription: string;
  readonly resourceGroup: string;
  /** 5 to 50 letters and digits; no two registries of the world have the same. */
  readonly name: string;
  readonly location: string;
  readonly publicNetworkAccess: 'Enabled' | 'Disabled';
  /** Of the firewall, for addresses that no rule names. */
  readonly defaultAction: 'Allow' | 'Deny';
  /** Addresses and ranges that the firewall lets in. */
  readonly allowedAddresses: readonly string[];
  /** How many private endpoints lead to it. */
  readonly privateEndpoints: number;
  /** Whether it takes tokens for Resource Manager. */
  readonly armTokens: 'enabled' | 'disabled';
  readonly roleAssignmentMode: 'LegacyRegistryPermissions' | 'AbacRepositoryPermissions';
}

/** What a registry is like that lets everybody reach it, and an identity pull by a role on the whole of it. */
export const OPEN_REGISTRY = {
  publicNetworkAccess: 'Enabled',
  defaultAction: 'Allow',
  allowedAddresses: [],
  privateEndpoints: 0,
  armTokens: 'enabled',
  roleAssignmentMode: 'LegacyRegistryPermissions',
} as const satisfies Partial<GivenRegistry>;

export interface GivenIdentity {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  readonly principalId: string;
  readonly clientId: string;
}

export interface GivenAssignment {
  /** A resource id, of a resource, a resource group or a subscription. */
  readonly scope: string;
  readonly principalId: string;
  /** The GUID of a role. */
  readonly role: string;
  /** Which repositories it is for, in Azure's language; left out: all. */
  readonly condition?: string;
}

export interface PullWorld {
  readonly registries: readonly GivenRegistry[];
  readonly identities: readonly GivenIdentity[];
  readonly assignments: readonly GivenAssignment[];
}

export function registryId({ subscription, resourceGroup, name }: GivenRegistry): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerRegistry/registries/${name}`;
}

export function identityId({ subscription, resourceGroup, name }: GivenIdentity): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
}

export function loginServer({ name }: GivenRegistry): string {
  return `${name.toLowerCase()}.azurecr.io`;
}
