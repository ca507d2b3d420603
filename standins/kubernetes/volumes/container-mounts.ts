// What a container of a pod mounts, as folders of this machine.
import type { ContainerMount } from '../../containers/mounted-paths';
import type { Container } from '../model/pod';
import { ConfigError, expanded } from '../node/environment';
import type { NodeDisk } from './node-disk';

/**
 * `folders`: the pod's volumes by their names; what is not among them is not mounted.
 * @throws ConfigError for a folder of a volume that can't be reached.
 */
export function mountsOf(
  { name: container, volumeMounts = [] }: Container,
  folders: ReadonlyMap<string, string>,
  disk: NodeDisk | undefined,
  environment: Readonly<Record<string, string>>,
): readonly ContainerMount[] {
  return volumeMounts.flatMap(({ name, mountPath: path, readOnly = false, subPath, subPathExpr }) => {
    const folder = folders.get(name);
    if (folder === undefined) return [];
    const below = subPathExpr === undefined ? subPath : expanded(subPathExpr, environment);
    if (below === undefined || below === '') return [{ path, folder, readOnly }];
    const reached = below.split('/').includes('..') ? undefined : disk?.within(folder, below);
    if (reached === undefined)
      throw new ConfigError(
        `failed to prepare subPath for volumeMount "${name}" of container "${container}"`,
      );
    return [{ path, folder: reached, readOnly }];
  });
}
