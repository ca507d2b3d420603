// A user-assigned identity of Azure, as a placement names it.
import { z } from 'zod';

/** The members of an identity's entry. */
export const userAssignedIdentity = {
  id: z
    .string()
    .regex(
      /^\/subscriptions\/[^/\s]+\/resourceGroups\/[^/\s]+\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[^/\s]+$/i,
      'must be the whole id of a user-assigned identity: /subscriptions/…/resourceGroups/…/providers/Microsoft.ManagedIdentity/userAssignedIdentities/…',
    ),
  /** Its client id, which programs are told as AZURE_CLIENT_ID, because a workload may have more than one identity. */
  clientId: z.guid().optional(),
};
