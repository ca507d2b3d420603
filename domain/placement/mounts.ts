// What a workload mounts of its placement's volumes, and where its program finds it. Pure.
import type { Traits } from '../backend/traits';
import type { Wish } from '../spec/wish';
import {
  checkpointsFolder,
  checkpointsVolume,
  jobCheckpointsFolder,
  type KeptOf,
  outputsFolder,
  outputsVolume,
} from './kept-volumes';
import type { NamedResources } from './named-resources';

/** One mount; the backend knows what its placement means by the volume's name. */
export interface Mount {
  readonly volume: string;
  /** In the container. */
  readonly path: string;
  readonly readOnly: boolean;
  /** The folder of the volume that appears at the path; left out: the whole volume. */
  readonly subPath?: string;
}

/** What is mounted, and the variables by which a program learns where its own folders are. */
export interface Mounted {
  readonly mounts: readonly Mount[];
  readonly variables: Readonly<Record<string, string>>;
}

type Wished = Pick<Wish, 'volumes' | 'outputs' | 'checkpoints'>;
type Platform = Pick<Traits, 'subPath'>;

/**
 * Preflight has seen to it that the placement has what the spec names; what it lacks by now is mounted nowhere, and the
 * create that follows is refused by the same preflight. Where a mount can't be one folder, the whole volume is mounted
 * and the variables lead to the folder.
 */
export function mountedOf(
  spec: Wished,
  placement: NamedResources,
  platform: Platform,
  attempt: KeptOf,
): Mounted {
  const { volumes = {} } = placement;
  const named = (spec.volumes ?? []).map(({ name, path, readOnly = false }): Mount => ({
    volume: name,
    path,
    readOnly: readOnly || volumes[name]?.readOnly === true,
  }));
  const outputs = keptAt(spec.outputs?.path, outputsVolume(placement), platform, {
    mounted: outputsFolder(attempt),
    told: outputsFolder(attempt),
  });
  const checkpoints = keptAt(spec.checkpoints?.path, checkpointsVolume(placement), platform, {
    mounted: jobCheckpointsFolder(attempt),
    told: checkpointsFolder(attempt),
  });
  return {
    mounts: [...named, ...(outputs?.mounts ?? []), ...(checkpoints?.mounts ?? [])],
    variables: {
      ...(outputs === undefined ? {} : { GPU_JOBS_OUTPUT_DIR: outputs.folder }),
      ...(checkpoints === undefined ? {} : { GPU_JOBS_CHECKPOINT_DIR: checkpoints.folder }),
    },
  };
}

/** `mounted`: the folder of the volume to mount; `told`: the one in it, or the same, that the program is told. */
function keptAt(
  path: string | undefined,
  volume: string | undefined,
  { subPath }: Platform,
  folders: { readonly mounted: string; readonly told: string },
): { readonly mounts: readonly Mount[]; readonly folder: string } | undefined {
  if (path === undefined || volume === undefined) return undefined;
  const mount: Mount = { volume, path, readOnly: false };
  if (!subPath) return { mounts: [mount], folder: `${path}/${folders.told}` };
  const within = folders.told.slice(folders.mounted.length);
  return { mounts: [{ ...mount, subPath: folders.mounted }], folder: `${path}${within}` };
}
