// The volumes of one replica: what of them this machine has, as folders, and where each container finds them.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { ContainerMount } from '../../containers/mounted-paths';
import type { VolumeFolders } from '../../containers/volume-folders';
import type { Environment } from '../environments/environment-store';
import type { ContainerSpec } from '../jobs/container-spec';
import type { JobVolume } from '../jobs/job-volumes';

export interface ReplicaVolumes {
  /** What a container mounts. */
  of(container: Pick<ContainerSpec, 'volumeMounts'>): readonly ContainerMount[];
  /** Forgets what was scratch. */
  unmount(): void;
}

interface Mounted {
  readonly name: string;
  readonly folder: string;
  readonly readOnly: boolean;
}

const NOTHING: ReplicaVolumes = { of: () => [], unmount: () => undefined };

/**
 * Undefined where a share can't be mounted. Without `folders` everything counts as mounted and lies nowhere: programs
 * that are scripts read no files.
 */
export function mountVolumes(
  volumes: readonly JobVolume[],
  environment: Environment | undefined,
  folders: VolumeFolders | undefined,
): ReplicaVolumes | undefined {
  if (!folders) return NOTHING;
  const scratch: string[] = [];
  const mounted: Mounted[] = [];
  const unmount = (): void => {
    for (const folder of scratch) folders.remove(folder);
  };
  for (const { name, storageType, storageName } of volumes) {
    if (storageType === 'EmptyDir') {
      const folder = folders.scratch();
      scratch.push(folder);
      mounted.push({ name, folder, readOnly: false });
      continue;
    }
    const storage = environment?.storages.get((storageName ?? '').toLowerCase());
    const folder = storage && folders.share(storage);
    if (storage === undefined || folder === undefined) {
      unmount();
      return undefined;
    }
    mounted.push({ name, folder, readOnly: storage.accessMode === 'ReadOnly' });
  }
  return {
    of: ({ volumeMounts = [] }) =>
      volumeMounts.flatMap(({ volumeName, mountPath, subPath = '' }) => {
        const found = mounted.find(({ name }) => name === volumeName);
        if (!found) return [];
        const folder = join(found.folder, subPath);
        // As Kubernetes does with a folder of a volume that is not there yet.
        if (!found.readOnly) mkdirSync(folder, { recursive: true });
        return [{ path: mountPath, folder, readOnly: found.readOnly }];
      }),
    unmount,
  };
}
