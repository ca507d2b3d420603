// The volumes of a container group and where its container mounts them. Pure.
import type { Volume, VolumeMount } from '@azure/arm-containerinstance';

import { TerminalError } from '../../domain/errors';
import { outputsVolume } from '../../domain/placement/kept-volumes';
import { shareAddress } from '../../domain/placement/share';
import type { CreateRequest } from '../../domain/ports/compute-backend';
import type { Wish } from '../../domain/spec/wish';
import { numberedVolumes } from '../numbered-volumes';
import type { AciPlacement } from './placement';

/** Of one group (docs/facts/container-instances.md#volumes). */
export const MOST_VOLUMES = 20;

export interface GroupVolumes {
  readonly volumes: Volume[];
  readonly volumeMounts: VolumeMount[];
}

type Request = Pick<CreateRequest, 'spec' | 'mounts' | 'volumeKeys'>;

/**
 * A volume of the placement is one of the group, however often it is mounted; it is read-only where each of its mounts
 * is. Volumes have names of ours, because Azure takes none of fewer than five characters.
 * @throws TerminalError for a volume that the placement does not offer any more.
 */
export function groupVolumes(request: Request, placement: AciPlacement): GroupVolumes {
  const { volumes, mounts, scratch } = numberedVolumes(request);
  return {
    volumes: [
      ...volumes.map(({ name, of }): Volume => ({
        name,
        azureFile: {
          ...shareOf(of, request, placement),
          readOnly: mounts.every(({ volume, readOnly }) => volume !== of || readOnly),
        },
      })),
      ...scratch.map(({ name }): Volume => ({ name, emptyDir: {} })),
    ],
    volumeMounts: [
      ...mounts.map(({ name, path, readOnly }): VolumeMount => ({ name, mountPath: path, readOnly })),
      ...scratch.map(({ name, path }): VolumeMount => ({ name, mountPath: path })),
    ],
  };
}

/** How many volumes a group with this wish has at most: outputs and checkpoints may be on volumes of their own. */
export function volumesOf(
  { volumes = [], scratch = [], outputs, checkpoints }: Wish,
  placement: Pick<AciPlacement, 'outputs'>,
): number {
  const outputsOnVolume = outputsVolume(placement) === undefined ? undefined : outputs;
  const kept = [outputsOnVolume, checkpoints].filter((one) => one !== undefined).length;
  return new Set(volumes.map(({ name }) => name)).size + scratch.length + kept;
}

function shareOf(
  name: string,
  { volumeKeys = {} }: Request,
  placement: AciPlacement,
): { shareName: string; storageAccountName: string; storageAccountKey: string } {
  const volume = placement.volumes?.[name];
  const address = volume && shareAddress(volume.share.url);
  const key = volumeKeys[name];
  if (address === undefined || key === undefined)
    throw new TerminalError(
      `Placement ${placement.name} has no volume "${name}" with a share and its key; its volumes must have changed after the job was accepted.`,
      { placement: placement.name },
    );
  return { shareName: address.share, storageAccountName: address.account, storageAccountKey: key };
}
