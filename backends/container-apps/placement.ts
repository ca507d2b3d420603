// A placement in an environment of Azure Container Apps, as the configuration names it.
import { z } from 'zod';

import {
  identityEntry,
  namedResources,
  refuseUnkept,
  volumeEntry,
} from '../../domain/placement/named-resources';
import { FITS_NO_ROW, fitsARow, placementMembers } from '../../domain/placement/placement';
import { userAssignedIdentity } from '../arm/user-assigned-identity';
import { CONTAINER_APPS_TRAITS } from './traits';

/** The name of a workload profile within its environment (docs/facts/container-apps.md#profiles). */
const profileName = z.string().min(1).max(60);

/** A storage of the environment, by its name there (docs/facts/container-apps.md#volumes). */
const volume = volumeEntry.extend({
  storage: z
    .string()
    .regex(
      /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
      "must be the name of one of the environment's storages: lower-case letters, digits and hyphens",
    ),
});

const { gpus, ...members } = placementMembers(CONTAINER_APPS_TRAITS);

export const containerAppsPlacementSchema = z
  .strictObject({
    ...members,
    ...namedResources(identityEntry.extend(userAssignedIdentity), volume),
    backend: z.literal('container-apps'),
    subscriptionId: z.string().min(1),
    /** Where the jobs are made; their environment may be elsewhere. */
    resourceGroup: z.string().min(1),
    region: z.string().min(1),
    /** The managed environment: its name in that resource group, or its full resource id. */
    environment: z
      .string()
      .min(1)
      .regex(
        /^[^/]+$|^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.App\/managedEnvironments\/[^/]+$/i,
        'must be the name of a managed environment, or its whole id: /subscriptions/…/resourceGroups/…/providers/Microsoft.App/managedEnvironments/…',
      ),
    /** Others run GPUs in this environment too: what is in use there tells nothing of what runs unknown. */
    sharedEnvironment: z.boolean().optional(),
    /** `profile`: the workload profile with this GPU, by its name in the environment. */
    gpus: z.array(gpus.element.extend({ profile: profileName })),
    /** The workload profile of jobs without a GPU. */
    profile: profileName.default('Consumption'),
    /** The Log Analytics workspace that the environment writes to (its customer id): where whole logs are read. */
    workspaceId: z.guid().optional(),
    /** What stands in for Azure decides sooner than Azure: after this many seconds the fate of a create is known. */
    fateKnownAfterS: z.number().positive().optional(),
  })
  .refine(fitsARow(CONTAINER_APPS_TRAITS), FITS_NO_ROW)
  .check(refuseUnkept);
export type ContainerAppsPlacement = z.infer<typeof containerAppsPlacementSchema>;
