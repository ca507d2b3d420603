// A placement on Azure Container Instances, as the configuration names it.
import { z } from 'zod';

import { FITS_NO_ROW, fitsARow, PLACEMENT_MEMBERS } from '../../domain/placement/placement';

export const aciPlacementSchema = z
  .strictObject({
    ...PLACEMENT_MEMBERS,
    backend: z.literal('aci'),
    subscriptionId: z.string().min(1),
    resourceGroup: z.string().min(1),
    region: z.string().min(1),
    /** The placement still has GPUs that Azure has retired: an exception that Azure granted, or an emulator (decision 0005). */
    offersRetiredGpus: z.boolean().optional(),
  })
  .refine(fitsARow, FITS_NO_ROW);
export type AciPlacement = z.infer<typeof aciPlacementSchema>;
