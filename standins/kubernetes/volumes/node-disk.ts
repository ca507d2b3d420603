// Where the volumes of pods lie: the port that kubelets use, and the folders of this machine behind it.
import { lstatSync, mkdirSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

export interface NodeDisk {
  /** The folder of a volume that is the pod's own, with these files in it; made if it is not there. */
  own(pod: string, volume: string, files?: ReadonlyMap<string, Buffer>): string;
  /** The folder of a file share; undefined: the account has no such share. */
  share(account: string, share: string): string | undefined;
  /** The folder of a disk that outlives pods; made if it is not there. */
  disk(handle: string): string;
  /** A folder within a volume's, made if it is not there; undefined: a link on the way leads out of the volume. */
  within(folder: string, path: string): string | undefined;
  /** What the files in a folder take together. */
  bytes(folder: string): number;
  /** Takes away what is the pod's own. */
  discard(pod: string): void;
}

/** `state`: the cluster's own folder, emptied here of what pods left. `shares`: has `<account>/<share>`. */
export function createNodeDisk(state: string, shares: string): NodeDisk {
  const pods = join(state, 'pods');
  rmSync(pods, { recursive: true, force: true });
  const made = (folder: string): string => {
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  return {
    own: (pod, volume, files = new Map()) => {
      const folder = made(join(pods, pod, volume));
      for (const [path, content] of files) {
        made(dirname(join(folder, path)));
        writeFileSync(join(folder, path), content);
      }
      return folder;
    },
    share: (account, share) => {
      const folder = join(shares, plainName(account), plainName(share));
      return isFolder(folder) ? folder : undefined;
    },
    disk: (handle) => made(join(state, 'disks', plainName(handle))),
    within: (folder, path) => {
      const root = realpathSync(folder);
      let reached = root;
      for (const step of path.split('/').filter((name) => name !== '' && name !== '.')) {
        reached = resolved(join(reached, step)) ?? '';
        if (reached !== root && !reached.startsWith(root + sep)) return undefined;
      }
      return reached;
    },
    bytes: bytesIn,
    discard: (pod) => rmSync(join(pods, pod), { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** The folder behind every link, made if it is not there; undefined where something else is in the way. */
function resolved(path: string): string | undefined {
  try {
    mkdirSync(path, { recursive: true });
    return realpathSync(path);
  } catch {
    return undefined; // A file, or a link that leads nowhere.
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Links are not followed. What goes away meanwhile takes nothing. */
function bytesIn(path: string): number {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesIn(join(path, name)), 0);
}

/** One step of a path: names of accounts, shares and disks have neither slashes nor a dot in front. */
function plainName(name: string): string {
  return name.replaceAll(/[^\w.-]/g, '_').replace(/^\.+/, '_');
}
