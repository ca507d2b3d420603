// The volumes of a job's template and where its container mounts them. Pure.
import type { Volume, VolumeMount } from '@azure/arm-appcontainers';

import { TerminalError } from '../../domain/errors';
import type { CreateRequest } from '../../domain/ports/compute-backend';
import type { Wish } from '../../domain/spec/wish';
import { numberedVolumes } from '../numbered-volumes';
import type { ContainerAppsPlacement } from './placement';

/**
 * A volume of the placement is one of the template, however often it is mounted
 * (docs/facts/container-apps.md#volumes).
 * @throws TerminalError for a volume that the placement does not offer any more.
 */
export function jobVolumes(
  request: Pick<CreateRequest, 'mounts' | 'spec'>,
  placement: ContainerAppsPlacement,
): { readonly volumes: Volume[]; readonly volumeMounts: VolumeMount[] } {
  const { volumes, mounts, scratch } = numberedVolumes(request);
  return {
    volumes: [
      ...volumes.map(({ name, of }): Volume => ({
        name,
        storageType: 'AzureFile',
        storageName: storageOf(of, placement),
      })),
      ...scratch.map(({ name }): Volume => ({ name, storageType: 'EmptyDir' })),
    ],
    volumeMounts: [
      ...mounts.map(({ name, path, subPath }): VolumeMount => ({
        volumeName: name,
        mountPath: path,
        ...(subPath === undefined ? {} : { subPath }),
      })),
      ...scratch.map(({ name, path }): VolumeMount => ({ volumeName: name, mountPath: path })),
    ],
  };
}

/**
 * Why a volume that the job wants to read only can't be had so: a mount here is as its storage is. `readOnly` of the
 * placement's volume says that its storage is read-only.
 */
export function writableMount(
  { volumes = [] }: Wish,
  placement: Pick<ContainerAppsPlacement, 'volumes'>,
): string | undefined {
  const writable = volumes.find(
    ({ name, readOnly }) => readOnly === true && placement.volumes?.[name]?.readOnly !== true,
  );
  return writable === undefined
    ? undefined
    : `can't mount volume "${writable.name}" for reading alone, because Container Apps makes a storage read-only as a whole; leave out "readOnly", or name a volume that the placement has as "readOnly"`;
}

function storageOf(name: string, { name: placement, volumes = {} }: ContainerAppsPlacement): string {
  const volume = Object.hasOwn(volumes, name) ? volumes[name] : undefined;
  if (volume !== undefined) return volume.storage;
  throw new TerminalError(
    `Placement ${placement} has no volume "${name}"; its volumes must have changed after the job was accepted.`,
    { placement },
  );
}
