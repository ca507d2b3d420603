// Volumes: a job has none yet. Those that brought a GPU's driver along are not needed, any other is refused: a program
// would miss it.
import { isMapping, type Reader } from '../reader';

/**
 * Where nodes keep the driver's libraries, tools and devices (docs/facts/kubernetes.md#old-gpu-resource); data lies
 * elsewhere.
 */
const DRIVER_PATH = /^\/(usr|dev|lib|lib64|run|home\/kubernetes\/bin)\/(.*\/)?(nvidia|libnvidia|libcuda)/;

/** Reports every volume and mount that the job would miss. */
export function checkVolumes(volumes: Reader, mounts: Reader): void {
  const known = new Set<string>();
  const dropped = new Set<string>();
  const paths = mountPaths(mounts);
  for (const volume of volumes.present ? volumes.items() : []) {
    const name = volume.at('name').text() ?? '';
    known.add(name);
    if (isDriver(volume)) {
      dropped.add(name);
      volume.ignored("is dropped: it is the host's GPU driver, which every placement with GPUs brings along");
    } else if (isToken(volume)) {
      dropped.add(name);
      volume.ignored("is dropped: it holds the cluster's own token, which is nothing to a job");
    } else if (volume.at('emptyDir').present) {
      volume.problem(scratchRefusal(volume, paths.get(name) ?? []));
    } else {
      volume.problem(
        `is refused: a job has no volumes (this is ${kindOf(volume)}); have the program read and write a storage account, or put the files into the image`,
      );
    }
  }
  for (const mount of mounts.present ? mounts.items() : []) {
    const name = mount.at('name').text() ?? '';
    if (dropped.has(name)) mount.ignored(`is dropped with its volume ${name}`);
    else if (!known.has(name)) mount.problem('mounts a volume that the pod does not name');
  }
}

/** Where each volume is mounted, by its name. */
function mountPaths(mounts: Reader): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, readonly string[]>();
  for (const mount of Array.isArray(mounts.value) ? mounts.items() : []) {
    const [name, path] = [mount.at('name').value, mount.at('mountPath').value];
    if (typeof name === 'string' && typeof path === 'string')
      paths.set(name, [...(paths.get(name) ?? []), path]);
  }
  return paths;
}

const SHARED_MEMORY = '/dev/shm';

/** An empty directory, on disk or in memory: what a program can do without one. */
function scratchRefusal(volume: Reader, paths: readonly string[]): string {
  const isMemory = volume.at('emptyDir').at('medium').value === 'Memory';
  if (paths.includes(SHARED_MEMORY))
    return `is refused: a job can't say yet how much shared memory it has at ${SHARED_MEMORY}; it has what the platform gives, mostly 64 MB. Until then leave out the volume and its mount, and have the program use less: PyTorch's DataLoader with num_workers=0 uses none, NCCL none with NCCL_SHM_DISABLE=1 in its environment`;
  const where = paths[0] ?? '/scratch';
  return `is refused: a job has no volumes yet, not even an empty one${isMemory ? ' in memory' : ''}. Its program may write to its container's own files, which are gone with it: leave out the volume and its mount, and have the command make the directory first (mkdir -p ${where})`;
}

function isDriver(volume: Reader): boolean {
  const path = volume.at('hostPath').at('path').value;
  return typeof path === 'string' && DRIVER_PATH.test(path);
}

/** Clusters put it into every pod, so printed pods have it. */
function isToken(volume: Reader): boolean {
  const name = volume.at('name').value;
  return typeof name === 'string' && name.startsWith('kube-api-access-') && volume.at('projected').present;
}

function kindOf({ value }: Reader): string {
  const kinds = isMapping(value) ? Object.keys(value).filter((key) => key !== 'name') : [];
  return kinds[0] === undefined ? 'of no kind' : `of the kind ${kinds[0]}`;
}
