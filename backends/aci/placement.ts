// A placement on Azure Container Instances, as the configuration names it.
import { z } from 'zod';

import { FITS_NO_ROW, fitsARow, placementMembers } from '../../domain/placement/placement';
import { ACI_TRAITS } from './traits';

export const aciPlacementSchema = z
  .strictObject({
    ...placementMembers(ACI_TRAITS),
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
  .refine(fitsARow(ACI_TRAITS), FITS_NO_ROW);
export type AciPlacement = z.infer<typeof aciPlacementSchema>;
