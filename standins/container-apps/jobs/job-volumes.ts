// The volumes of a job's template: how they are read, and what is refused of them and of their mounts.
import { z } from 'zod';

import type { Environment } from '../environments/environment-store';
import { type JsonObject, withoutNulls } from '../json-shapes';
import { type ContainerSpec, invalid } from './container-spec';

const volumesSchema = z
  .array(
    z.looseObject({
      name: z.string().min(1),
      storageType: z.enum(['AzureFile', 'EmptyDir', 'Secret', 'NfsAzureFile']).default('EmptyDir'),
      storageName: z.string().optional(),
    }),
  )
  .default([]);
export type JobVolume = z.output<typeof volumesSchema>[number];

/** Throws 400. */
export function readVolumes(template: JsonObject): readonly JobVolume[] {
  const parsed = volumesSchema.safeParse(withoutNulls(template['volumes'] ?? undefined));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(['volumes', ...(issue?.path ?? [])].join('.'), issue?.message ?? '');
}

/** A name with any other character fails (documented of a dot, reported of an underscore). */
const VOLUME_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Throws 400. The words about a mount of no volume are reported; no source has the others. */
export function checkVolumes(
  volumes: readonly JobVolume[],
  containers: readonly ContainerSpec[],
  environment: Environment,
): void {
  for (const { name, storageType, storageName } of volumes) {
    if (!VOLUME_NAME.test(name)) throw invalid(`volumes.${name}.name`, 'must be letters, digits and hyphens');
    if (storageType !== 'AzureFile' && storageType !== 'EmptyDir')
      throw invalid(`volumes.${name}.storageType`, `${storageType} is not emulated here`);
    if (storageType === 'AzureFile' && !environment.storages.has((storageName ?? '').toLowerCase()))
      throw invalid(
        `volumes.${name}.storageName`,
        `Storage '${storageName ?? ''}' was not found in environment '${environment.place.name}'`,
      );
  }
  for (const { name, volumeMounts = [] } of containers)
    for (const { volumeName, mountPath, subPath = '' } of volumeMounts) {
      const field = `containers.${name}.volumeMounts.${volumeName}`;
      if (volumes.every((volume) => volume.name !== volumeName))
        throw invalid(field, "Volume to mount doesn't defined in the Container App");
      if (mountPath.includes(':')) throw invalid(field, "Mount path must not contain ':'");
      if (subPath.startsWith('/') || subPath.split('/').includes('..'))
        throw invalid(field, 'Sub path must be a relative path without ".."');
    }
}
