// Leads a program to what its container mounts. A process of this machine sees this machine's files, so nothing can
// appear at a mount's path: the path is replaced where the program is told it, in its arguments and its variables.
import { join, posix } from 'node:path';

/** One mount of a container: what stands in a folder of this machine appears at a path. */
export interface ContainerMount {
  /** Absolute, in the container. */
  readonly path: string;
  /** Absolute, on this machine. */
  readonly folder: string;
  readonly readOnly: boolean;
}

/** What may go on with a path, so that what follows or precedes it makes it another path. */
const PATH_CHARACTER = String.raw`[\w./-]`;

/**
 * Writes the folder in place of each mount's path: where the path stands alone (`/data`, `--data=/data`), and where it
 * goes on below the mount (`/data/train.csv`). `/database` and `/srv/data` are other paths. Of nested mounts the inner
 * one counts.
 */
export function withMountedPaths(text: string, mounts: readonly ContainerMount[] = []): string {
  const folders = new Map(mounts.map(({ path, folder }) => [plain(path), folder]));
  const paths = [...folders.keys()].filter((path) => path !== '/').sort((a, b) => b.length - a.length);
  if (paths.length === 0) return text;
  const mounted = new RegExp(
    String.raw`(?<!${PATH_CHARACTER})(?:${paths.map(escaped).join('|')})(?=/|$|[^\w.-])`,
    'g',
  );
  return text.replaceAll(mounted, (path) => folders.get(path) ?? path);
}

/** The folder of this machine that a path of the container leads to; undefined outside of every mount. */
export function mountedFolder(path: string, mounts: readonly ContainerMount[] = []): string | undefined {
  const wanted = plain(path);
  const [inner] = mounts
    .filter((mount) => wanted === plain(mount.path) || wanted.startsWith(`${plain(mount.path)}/`))
    .sort((a, b) => b.path.length - a.path.length);
  return inner && join(inner.folder, wanted.slice(plain(inner.path).length));
}

/** Without a slash at its end. */
function plain(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/$/, '');
}

function escaped(path: string): string {
  return path.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
