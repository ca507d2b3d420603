// Empty directories with a limit: a kubelet measures them and evicts the pod that holds too much.
import { amounts } from '../model/amounts';
import type { Pod } from '../model/pod';
import type { NodeDisk } from './node-disk';

/** How often a kubelet looks (its housekeeping), milliseconds. */
const LOOK_MS = 10_000;

/** Calls `evict` once, with what the kubelet says; does nothing for a pod without such limits. */
export function watchSizes(
  pod: Pod,
  folders: ReadonlyMap<string, string>,
  disk: NodeDisk | undefined,
  after: (delayMs: number, act: () => void) => void,
  evict: (message: string) => void,
): void {
  if (!disk || !pod.spec.volumes?.some(({ emptyDir }) => emptyDir?.sizeLimit !== undefined)) return;
  const measure = (): void => {
    const over = overLimit(pod, folders, disk);
    if (over === undefined) after(LOOK_MS, measure);
    else evict(over);
  };
  after(LOOK_MS, measure);
}

/** What the kubelet says of a directory that is over its limit; undefined where none is. */
function overLimit({ spec }: Pod, folders: ReadonlyMap<string, string>, disk: NodeDisk): string | undefined {
  for (const { name, emptyDir } of spec.volumes ?? []) {
    const folder = folders.get(name);
    const limit = emptyDir?.sizeLimit;
    if (folder === undefined || limit === undefined) continue;
    if (disk.bytes(folder) > (amounts({ limit })['limit'] ?? Infinity))
      return `Usage of EmptyDir volume "${name}" exceeds the limit "${limit}". `;
  }
  return undefined;
}
