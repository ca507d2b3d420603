// What Azure tells of registries and of who pulls from them (docs/facts/container-apps.md#pulls-by-identity).
import { z } from 'zod';

import type { ArmRead, ArmReads } from '../../arm/arm-reads';
import { permissionSchema } from '../../arm/permissions';

/** The first stable version that shows `roleAssignmentMode`. */
const REGISTRY_VERSION = '2025-11-01';
const IDENTITY_VERSION = '2023-01-31';
const ROLES_VERSION = '2022-04-01';
const SUBSCRIPTIONS_VERSION = '2022-12-01';

const AUTHORIZATION = '/providers/Microsoft.Authorization';

const registrySchema = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({
    loginServer: z.string().optional(),
    publicNetworkAccess: z.string().optional(),
    networkRuleSet: z
      .object({ defaultAction: z.string().optional(), ipRules: z.array(z.unknown()).default([]) })
      .nullish(),
    privateEndpointConnections: z.array(z.unknown()).nullish(),
    policies: z
      .object({ azureADAuthenticationAsArmPolicy: z.object({ status: z.string().optional() }).nullish() })
      .nullish(),
    roleAssignmentMode: z.string().nullish(),
  }),
});
export type Registry = z.infer<typeof registrySchema>;

const identitySchema = z.object({ properties: z.object({ principalId: z.guid() }) });

const assignmentSchema = z.object({
  properties: z.object({
    roleDefinitionId: z.string(),
    condition: z.string().nullish(),
  }),
});
type Assignment = z.infer<typeof assignmentSchema>['properties'];

const roleSchema = z.object({
  properties: z.object({ roleName: z.string(), permissions: z.array(permissionSchema) }),
});
export type Role = z.infer<typeof roleSchema>['properties'];

/** Each rejects with RetryableError when there is no usable answer. */
export interface RegistryReads {
  /** Those of a subscription. */
  registries(subscriptionId: string): Promise<ArmRead<readonly Registry[]>>;
  /** Whether nobody in Azure has a registry of that name. */
  isNameFree(subscriptionId: string, name: string): Promise<ArmRead<boolean>>;
  /** The ids of the subscriptions that this identity sees. */
  subscriptions(): Promise<ArmRead<readonly string[]>>;
  /** The object id of a managed identity. */
  principalOf(identity: string): Promise<ArmRead<string>>;
  /** What the principal, and groups that it is in, have at the scope or above it. */
  assignments(scope: string, principalId: string): Promise<ArmRead<readonly Assignment[]>>;
  role(roleDefinitionId: string): Promise<ArmRead<Role>>;
}

export function registryReads(reads: ArmReads): RegistryReads {
  return {
    registries: (subscriptionId) =>
      reads.list(
        `/subscriptions/${subscriptionId}/providers/Microsoft.ContainerRegistry/registries`,
        REGISTRY_VERSION,
        registrySchema,
      ),
    isNameFree: (subscriptionId, name) =>
      reads.ask(
        `/subscriptions/${subscriptionId}/providers/Microsoft.ContainerRegistry/checkNameAvailability`,
        REGISTRY_VERSION,
        { name, type: 'Microsoft.ContainerRegistry/registries' },
        z.object({ nameAvailable: z.boolean() }).transform(({ nameAvailable }) => nameAvailable),
      ),
    subscriptions: () =>
      reads.list(
        '/subscriptions',
        SUBSCRIPTIONS_VERSION,
        z.object({ subscriptionId: z.string() }).transform(({ subscriptionId }) => subscriptionId),
      ),
    principalOf: (identity) =>
      reads.one(
        identity,
        IDENTITY_VERSION,
        identitySchema.transform(({ properties }) => properties.principalId),
      ),
    assignments: (scope, principalId) =>
      reads.list(
        `${scope}${AUTHORIZATION}/roleAssignments?$filter=${encodeURIComponent(`atScope() and assignedTo('${principalId}')`)}`,
        ROLES_VERSION,
        assignmentSchema.transform(({ properties }) => properties),
      ),
    role: (roleDefinitionId) =>
      reads.one(
        roleDefinitionId,
        ROLES_VERSION,
        roleSchema.transform(({ properties }) => properties),
      ),
  };
}
