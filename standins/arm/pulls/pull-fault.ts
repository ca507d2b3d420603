// What can be wrong with pulls by identity, by name: the bodies of `POST /emulator/pull-faults`. Each holds until all
// are mended.
import { z } from 'zod';

import { type PullWorld, registryId } from './pull-world';
import { ACR_DELETE } from './roles';

const NOBODY = 'ffffffff-0000-4000-8000-000000000000';

export const pullFaultSchema = z.discriminatedUnion('kind', [
  /** There is no registry, and nobody has one of its name. */
  z.object({ kind: z.literal('registry-missing') }),
  /** There is none to be seen, and its name is taken: another subscription has it. */
  z.object({ kind: z.literal('registry-elsewhere') }),
  /** Registries take nothing from public networks, and no private endpoint leads to them. */
  z.object({ kind: z.literal('registry-closed') }),
  /** Registries take nothing from public networks; a private endpoint leads to them. */
  z.object({ kind: z.literal('registry-private') }),
  /** Registries take pulls from `addresses` alone. */
  z.object({ kind: z.literal('registry-firewall'), addresses: z.array(z.string()).default([]) }),
  /** Registries take no tokens for Resource Manager. */
  z.object({ kind: z.literal('arm-tokens-refused') }),
  /** Registries judge by repositories: roles of the older kind count for nothing there. */
  z.object({ kind: z.literal('repository-permissions') }),
  /** There are no identities. */
  z.object({ kind: z.literal('identity-missing') }),
  /** Identities have no role anywhere. */
  z.object({ kind: z.literal('role-missing') }),
  /** Identities have their roles on another registry. */
  z.object({ kind: z.literal('role-elsewhere') }),
  /** Identities have a role that does not pull. */
  z.object({ kind: z.literal('role-without-pull') }),
  /** Somebody else has the roles. */
  z.object({ kind: z.literal('role-of-another') }),
  /** The caller may not read these. */
  z.object({
    kind: z.literal('reads-refused'),
    of: z.enum(['registries', 'names', 'identities', 'assignments', 'definitions']),
  }),
  /** Takes all of them back. */
  z.object({ kind: z.literal('mended') }),
]);
export type PullFault = z.infer<typeof pullFaultSchema>;

/** What there is while the fault holds. */
export function worldUnder(world: PullWorld, fault: PullFault): PullWorld {
  const { registries, assignments } = world;
  const everyRegistry = (change: Partial<PullWorld['registries'][number]>): PullWorld => ({
    ...world,
    registries: registries.map((one) => ({ ...one, ...change })),
  });
  const everyAssignment = (change: Partial<PullWorld['assignments'][number]>): PullWorld => ({
    ...world,
    assignments: assignments.map((one) => ({ ...one, ...change })),
  });
  switch (fault.kind) {
    case 'registry-missing':
    case 'registry-elsewhere':
      return { ...world, registries: [] };
    case 'registry-closed':
      return everyRegistry({ publicNetworkAccess: 'Disabled', defaultAction: 'Deny', privateEndpoints: 0 });
    case 'registry-private':
      return everyRegistry({ publicNetworkAccess: 'Disabled', defaultAction: 'Deny', privateEndpoints: 1 });
    case 'registry-firewall':
      return everyRegistry({ defaultAction: 'Deny', allowedAddresses: fault.addresses });
    case 'arm-tokens-refused':
      return everyRegistry({ armTokens: 'disabled' });
    case 'repository-permissions':
      return everyRegistry({ roleAssignmentMode: 'AbacRepositoryPermissions' });
    case 'identity-missing':
      return { ...world, identities: [] };
    case 'role-missing':
      return { ...world, assignments: [] };
    case 'role-elsewhere':
      return everyAssignment({ scope: `${registries.map(registryId)[0] ?? ''}2` });
    case 'role-without-pull':
      return everyAssignment({ role: ACR_DELETE });
    case 'role-of-another':
      return everyAssignment({ principalId: NOBODY });
    case 'reads-refused':
    case 'mended':
      return world;
  }
}
