// The volumes of a group: what of them this machine has, as folders, and where each container finds them.
import type { ContainerMount } from '../../containers/mounted-paths';
import type { VolumeFolders } from '../../containers/volume-folders';
import type { ContainerRequest, GroupRequest, VolumeRequest } from './group-request';

export interface GroupVolumes {
  /** The mounts of each container, by its name; undefined while a share can't be mounted. */
  mount(): ReadonlyMap<string, readonly ContainerMount[]> | undefined;
  /** Forgets what was scratch. */
  unmount(): void;
}

/** Without `folders` everything counts as mounted and lies nowhere: programs that are scripts read no files. */
export function groupVolumes({ properties }: GroupRequest, folders: VolumeFolders | undefined): GroupVolumes {
  const volumes = properties.volumes ?? [];
  const containers = [...properties.containers, ...(properties.initContainers ?? [])];
  let scratch: string[] = [];
  const unmount = (): void => {
    for (const folder of scratch) folders?.remove(folder);
    scratch = [];
  };
  const folderOf = (volume: VolumeRequest): string | undefined => {
    if (!volume.azureFile) {
      const folder = folders?.scratch();
      if (folder !== undefined) scratch.push(folder);
      return folder;
    }
    const { shareName, storageAccountName, storageAccountKey } = volume.azureFile;
    return folders?.share({
      account: storageAccountName,
      share: shareName,
      key: storageAccountKey ?? '',
    });
  };
  return {
    mount: () => {
      unmount();
      const mounted = volumes.map((volume) => ({ volume, folder: folderOf(volume) }));
      if (folders && mounted.some(({ folder }) => folder === undefined)) {
        unmount();
        return undefined;
      }
      const mountsOf = ({ properties: { volumeMounts } }: ContainerRequest): ContainerMount[] =>
        (volumeMounts ?? []).flatMap(({ name, mountPath, readOnly }) => {
          const found = mounted.find(({ volume }) => volume.name === name);
          return found?.folder === undefined
            ? []
            : [
                {
                  path: mountPath,
                  folder: found.folder,
                  readOnly: readOnly === true || found.volume.azureFile?.readOnly === true,
                },
              ];
        });
      return new Map(containers.map((container) => [container.name, mountsOf(container)]));
    },
    unmount,
  };
}
