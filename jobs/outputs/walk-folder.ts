// All files below a folder, whatever its depth, within limits.
import type { OutputFile, OutputList } from '../../domain/outputs/output-list';
import { isShareName } from '../../domain/outputs/share-path';
import type { Clock } from '../../domain/ports/clock';
import type { FilePath, Files } from '../../domain/ports/files';
import { allAtOnce } from '../flow/all-at-once';
import { pagesOf } from './pages-of';

const FOLDERS_AT_ONCE = 8;

export interface WalkLimits {
  /** Of files, and of folders. */
  readonly files: number;
  /** No request is begun later, milliseconds. */
  readonly withinMs: number;
}

/** Either limit ends the walk; its list then says that there are more. `late`: it was the time. */
export interface Walked extends OutputList {
  readonly late: boolean;
}

/** Sorted by path. A folder that is not there has no files. Rejects as the place does. */
export async function walkFolder(
  clock: Clock,
  kept: Files,
  top: FilePath,
  limits: WalkLimits,
): Promise<Walked> {
  const until = clock.monotonic() + limits.withinMs;
  const files: OutputFile[] = [];
  let folders = 0;
  const ended = { late: false, full: false };
  const goesOn = (): boolean => {
    ended.late ||= clock.monotonic() > until;
    ended.full ||= files.length > limits.files || folders > limits.files;
    return !ended.late && !ended.full;
  };
  const folderBelow = async (below: FilePath): Promise<FilePath[]> => {
    const found: FilePath[] = [];
    for await (const page of pagesOf(kept, [...top, ...below], goesOn)) {
      for (const { name, bytes, modifiedAt } of page.files) {
        const path = [...below, name].join('/');
        files.push({ path, bytes, ...(modifiedAt !== undefined && { modifiedAt }) });
      }
      // A folder of a name that no request can carry is passed over; whoever made it broke the share's rules.
      const here = page.folders.filter(isShareName).map((name) => [...below, name]);
      folders += here.length;
      found.push(...here);
    }
    return found;
  };
  for (let level: FilePath[] = [[]]; level.length > 0;)
    level = (await allAtOnce(FOLDERS_AT_ONCE, level, folderBelow)).flat();
  const sorted = files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  const at = clock.now();
  ended.full ||= files.length > limits.files || folders > limits.files;
  const { late, full } = ended;
  if (!full && !late) return { at, files: sorted, late };
  return { at, files: sorted.slice(0, limits.files), more: true, late };
}
