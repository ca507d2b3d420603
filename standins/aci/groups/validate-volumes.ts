// What the service refuses of a group's volumes and of where its containers mount them.
import { ArmFault } from '../../wire/arm-error';
import type { ContainerRequest, GroupRequest, VolumeRequest } from './group-request';

/** docs/facts/container-instances.md#volumes */
const MOST_VOLUMES = 20;
const VOLUME_NAME = /^(?!.*--)[a-z0-9][a-z0-9-]{3,61}[a-z0-9]$/;
const KINDS = ['azureFile', 'emptyDir', 'secret', 'gitRepo'] as const;

/** Throws the ArmFault of what the service takes in no group. Only the words about a colon are known. */
export function validateVolumes(group: string, { properties }: GroupRequest): void {
  const volumes = properties.volumes ?? [];
  if (volumes.length > MOST_VOLUMES)
    throw refusal(
      'TooManyVolumes',
      `The container group '${group}' has ${volumes.length} volumes; it may have at most ${MOST_VOLUMES}.`,
    );
  for (const [index, volume] of volumes.entries()) {
    validateVolume(group, volume);
    if (volumes.findIndex(({ name }) => name === volume.name) !== index)
      throw refusal(
        'DuplicateVolumeName',
        `The volume name '${volume.name}' is used more than once in container group '${group}'.`,
      );
  }
  const containers = [...properties.containers, ...(properties.initContainers ?? [])];
  for (const container of containers) validateMounts(group, volumes, container);
}

function validateVolume(group: string, volume: VolumeRequest): void {
  if (!VOLUME_NAME.test(volume.name))
    throw refusal(
      'InvalidVolumeName',
      `The volume name '${volume.name}' in container group '${group}' is invalid. It must have 5 to 63 lowercase letters, numbers or single hyphens and can't start or end with a hyphen.`,
    );
  const kinds = KINDS.filter((kind) => volume[kind] !== undefined && volume[kind] !== null);
  if (kinds.length !== 1)
    throw refusal(
      'InvalidVolume',
      `The volume '${volume.name}' in container group '${group}' must have exactly one of ${KINDS.join(', ')}; it has ${kinds.join(', ') || 'none'}.`,
    );
  if (volume.azureFile && !volume.azureFile.storageAccountKey)
    throw refusal(
      'InvalidAzureFileVolume',
      `The storage account key of the Azure file volume '${volume.name}' in container group '${group}' is not specified.`,
    );
}

function validateMounts(
  group: string,
  volumes: readonly VolumeRequest[],
  { name: container, properties }: ContainerRequest,
): void {
  const mounts = properties.volumeMounts ?? [];
  for (const [index, { name, mountPath }] of mounts.entries()) {
    if (mountPath.includes(':'))
      throw refusal('InvalidVolumeMountPath', "The volume mount path cannot contain ':'");
    if (volumes.every((volume) => volume.name !== name))
      throw refusal(
        'VolumeMountNotFound',
        `The volume '${name}' that container '${container}' in container group '${group}' mounts is not defined.`,
      );
    if (mounts.findIndex((other) => other.mountPath === mountPath) !== index)
      throw refusal(
        'DuplicateVolumeMountPath',
        `The volume mount path '${mountPath}' is used more than once in container '${container}' of container group '${group}'.`,
      );
  }
}

function refusal(code: string, message: string): ArmFault {
  return new ArmFault(400, code, message);
}
