// The volumes of a pod and where its container mounts them: what a placement has by name, and scratch.
import type { JobSpec } from '../domain/spec/job-spec';
import { memoryQuantity } from './quantity';

/** One mount of a volume that the cluster has. */
export interface PodMount {
  /** Names the volume within the pod; mounts of one volume share it. */
  readonly volume: string;
  /** What the volume is, in the words of a pod's spec: `{ persistentVolumeClaim: { claimName } }`. */
  readonly source: object;
  readonly path: string;
  readonly readOnly?: boolean | undefined;
  /** The folder of the volume that appears at the path; left out: the whole volume. */
  readonly subPath?: string | undefined;
}

/** Members of the pod's spec and of its container; neither where nothing is mounted. */
interface PodVolumes {
  readonly pod: { readonly volumes?: readonly object[] };
  readonly container: { readonly volumeMounts?: readonly object[] };
}

/** `mounts`: in the order in which they are to stand; scratch follows. */
export function podVolumes(mounts: readonly PodMount[], { scratch = [] }: JobSpec): PodVolumes {
  if (mounts.length + scratch.length === 0) return { pod: {}, container: {} };
  const sources = new Map(mounts.map(({ volume, source }) => [volume, source]));
  return {
    pod: {
      volumes: [
        ...[...sources].map(([name, source]) => ({ name, ...source })),
        ...scratch.map(({ sizeGb, memory = false }, index) => ({
          name: scratchName(index, sources),
          emptyDir: {
            ...(memory ? { medium: 'Memory' } : {}),
            ...(sizeGb === undefined ? {} : { sizeLimit: memoryQuantity(sizeGb) }),
          },
        })),
      ],
    },
    container: {
      volumeMounts: [
        ...mounts.map(({ volume: name, path: mountPath, readOnly, subPath }) => ({
          name,
          mountPath,
          ...(readOnly === undefined ? {} : { readOnly }),
          ...(subPath === undefined ? {} : { subPath }),
        })),
        ...scratch.map(({ path: mountPath }, index) => ({ name: scratchName(index, sources), mountPath })),
      ],
    },
  };
}

/** A name that no volume of the placement has. */
function scratchName(index: number, taken: ReadonlyMap<string, unknown>): string {
  let name = `scratch-${index + 1}`;
  while (taken.has(name)) name = `${name}-own`;
  return name;
}
