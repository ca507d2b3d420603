// Registries, identities, roles and their assignments as Resource Manager shows them.
import {
  type GivenAssignment,
  type GivenIdentity,
  type GivenRegistry,
  identityId,
  loginServer,
  registryId,
} from './pull-world';
import { ROLES } from './roles';

/** As of 2025-11-01, the first stable version with `roleAssignmentMode`. */
export function registryView(registry: GivenRegistry): Record<string, unknown> {
  const id = registryId(registry);
  return {
    id,
    name: registry.name,
    type: 'Microsoft.ContainerRegistry/registries',
    location: registry.location,
    tags: {},
    sku: { name: 'Premium', tier: 'Premium' },
    properties: {
      loginServer: loginServer(registry),
      provisioningState: 'Succeeded',
      adminUserEnabled: false,
      anonymousPullEnabled: false,
      publicNetworkAccess: registry.publicNetworkAccess,
      networkRuleBypassOptions: 'AzureServices',
      networkRuleSet: {
        defaultAction: registry.defaultAction,
        ipRules: registry.allowedAddresses.map((value) => ({ action: 'Allow', value })),
      },
      policies: { azureADAuthenticationAsArmPolicy: { status: registry.armTokens } },
      privateEndpointConnections: Array.from({ length: registry.privateEndpoints }, (_, at) => ({
        id: `${id}/privateEndpointConnections/endpoint${at}`,
        properties: { privateLinkServiceConnectionState: { status: 'Approved' } },
      })),
      roleAssignmentMode: registry.roleAssignmentMode,
    },
  };
}

export function identityView(identity: GivenIdentity, tenantId: string): Record<string, unknown> {
  return {
    id: identityId(identity),
    name: identity.name,
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    location: identity.location,
    tags: {},
    properties: { tenantId, principalId: identity.principalId, clientId: identity.clientId },
  };
}

export function assignmentView(assignment: GivenAssignment, name: string): Record<string, unknown> {
  const { scope, principalId, role, condition } = assignment;
  const [, , subscription = ''] = scope.split('/');
  return {
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    name,
    type: 'Microsoft.Authorization/roleAssignments',
    properties: {
      roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
      principalId,
      principalType: 'ServicePrincipal',
      scope,
      condition: condition ?? null,
      conditionVersion: condition === undefined ? null : '2.0',
    },
  };
}

/** Undefined of a role that is not known here. */
export function roleView(guid: string): Record<string, unknown> | undefined {
  const role = Object.hasOwn(ROLES, guid) ? ROLES[guid] : undefined;
  if (role === undefined) return undefined;
  const { roleName, actions, notActions = [], dataActions = [] } = role;
  return {
    id: `/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    name: guid,
    type: 'Microsoft.Authorization/roleDefinitions',
    properties: {
      roleName,
      type: 'BuiltInRole',
      permissions: [{ actions, notActions, dataActions, notDataActions: [] }],
      assignableScopes: ['/'],
    },
  };
}
