// The managed identities of a job, as an answer shows them.
import { isObject, type JsonObject } from '../json-shapes';

/** Ids of every identity here; Entra gives each its own. */
const PRINCIPAL = '44444444-4444-4444-4444-444444444444';
const CLIENT = '55555555-5555-5555-5555-555555555555';
const TENANT = '11111111-1111-1111-1111-111111111111';

/** `type` comes back as sent; each user-assigned identity gets ids, under its name in Entra's spelling (recorded). */
export function identityView(sent: unknown): JsonObject {
  if (!isObject(sent)) return { type: 'None' };
  const type = typeof sent['type'] === 'string' ? sent['type'] : 'None';
  const assigned = isObject(sent['userAssignedIdentities'])
    ? Object.keys(sent['userAssignedIdentities'])
    : [];
  return {
    type,
    ...(type.includes('SystemAssigned') && { principalId: PRINCIPAL, tenantId: TENANT }),
    ...(assigned.length > 0 && {
      userAssignedIdentities: Object.fromEntries(
        assigned.map((id) => [spelled(id), { principalId: PRINCIPAL, clientId: CLIENT }]),
      ),
    }),
  };
}

function spelled(id: string): string {
  return id
    .replace(/\/resourcegroups\//i, '/resourcegroups/')
    .replace(
      /\/providers\/microsoft\.managedidentity\/userassignedidentities\//i,
      '/providers/Microsoft.ManagedIdentity/userAssignedIdentities/',
    );
}
