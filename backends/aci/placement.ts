// A placement on Azure Container Instances, as the configuration names it.
import { z } from 'zod';

import {
  identityEntry,
  namedResources,
  refuseUnkept,
  volumeEntry,
} from '../../domain/placement/named-resources';
import { FITS_NO_ROW, fitsARow, placementMembers } from '../../domain/placement/placement';
import { shareSchema } from '../../domain/placement/share';
import { secretName } from '../../domain/spec/job-spec';
import { userAssignedIdentity } from '../arm/user-assigned-identity';
import { ACI_TRAITS } from './traits';

/** A share is mounted with the key of its account alone (docs/facts/container-instances.md#volumes). */
const volume = volumeEntry.extend({ share: shareSchema.extend({ keyRef: secretName }) });

export const aciPlacementSchema = z
  .strictObject({
    ...placementMembers(ACI_TRAITS),
    ...namedResources(identityEntry.extend(userAssignedIdentity), volume),
    backend: z.literal('aci'),
    subscriptionId: z.string().min(1),
    resourceGroup: z.string().min(1),
    region: z.string().min(1),
    /**
     * The placement still has GPUs that Azure has retired, by an exception of Azure's or because it is an emulator
     * (decision 0005).
     */
    offersRetiredGpus: z.boolean().optional(),
    /** What stands in for Azure decides sooner than Azure: after this many seconds the fate of a create is known. */
    fateKnownAfterS: z.number().positive().optional(),
  })
  .refine(fitsARow(ACI_TRAITS), FITS_NO_ROW)
  .check(refuseUnkept);
export type AciPlacement = z.infer<typeof aciPlacementSchema>;
