// What a request takes beside the operation of its own path: rights on what it names. No path shows them, so they are
// listed here, each with its source (docs/facts/azure-roles.md#linked-rights).
import { z } from 'zod';

interface LinkedRight {
  readonly name: string;
  /** The operation whose requests take it. */
  readonly of: string;
  /** The list that names it, with its date. */
  readonly source: string;
  /** The resources that a request's body names, on each of which it is taken. */
  readonly on: (body: unknown) => readonly string[];
}

const ASSIGN_IDENTITY = {
  name: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
  source: 'Azure permissions for Identity, 23 February 2026',
  on: identitiesIn,
};

export const LINKED_RIGHTS: readonly LinkedRight[] = [
  {
    name: 'Microsoft.App/managedEnvironments/join/action',
    of: 'Microsoft.App/jobs/write',
    source: 'Azure permissions for Compute, 8 March 2026',
    on: environmentIn,
  },
  { ...ASSIGN_IDENTITY, of: 'Microsoft.App/jobs/write' },
  { ...ASSIGN_IDENTITY, of: 'Microsoft.ContainerInstance/containerGroups/write' },
];

/** A query takes it of the workspace, beside the operations of the query itself. */
export const LINKED_OF_QUERIES = {
  name: 'Microsoft.OperationalInsights/workspaces/read',
  source: 'Azure Monitor, manage access to log data and workspaces, table-level RBAC, 2021',
};

const withIdentity = z.looseObject({
  identity: z.looseObject({ userAssignedIdentities: z.record(z.string(), z.unknown()) }),
});
const withEnvironment = z.looseObject({ properties: z.looseObject({ environmentId: z.string() }) });

function identitiesIn(body: unknown): readonly string[] {
  const parsed = withIdentity.safeParse(body);
  return parsed.success ? Object.keys(parsed.data.identity.userAssignedIdentities) : [];
}

function environmentIn(body: unknown): readonly string[] {
  const parsed = withEnvironment.safeParse(body);
  return parsed.success ? [parsed.data.properties.environmentId] : [];
}
