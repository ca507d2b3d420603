// Finds the checkpoint that an attempt goes on from, among those that earlier attempts left on the share.
import { RetryableError } from '../../domain/errors';
import {
  COMPLETE_MARKER,
  type CompleteCheckpoint,
  inNumericOrder,
  latestOf,
} from '../../domain/outputs/restore-choice';
import { isShareName } from '../../domain/outputs/share-path';
import type { Clock } from '../../domain/ports/clock';
import type { FilePath } from '../../domain/ports/files';
import type { Share } from '../../domain/ports/shares';
import { allAtOnce } from '../flow/all-at-once';
import { pagesOf } from './pages-of';

/** Of the folders of one attempt so many are looked at, those that come last by name. */
const MOST_LOOKED_AT = 100;
const AT_ONCE = 8;

/** The lists of all earlier attempts together, milliseconds. */
const WITHIN_MS = 60_000;

/**
 * `job`: the folder that holds one of each attempt. Undefined: no earlier attempt has a complete checkpoint.
 * @throws RetryableError where the share takes too long; else rejects as the share does.
 */
export async function restoreFrom(
  clock: Clock,
  share: Share,
  job: FilePath,
  attempt: number,
): Promise<{ readonly attempt: number; readonly folder: string } | undefined> {
  const until = clock.monotonic() + WITHIN_MS;
  for (let earlier = attempt - 1; earlier > 0; earlier -= 1) {
    const folders = await foldersOf(share, [...job, String(earlier)], () => clock.monotonic() <= until);
    const latest = latestOf(await completeAmong(share, [...job, String(earlier)], folders));
    if (latest !== undefined) return { attempt: earlier, folder: latest.folder };
  }
  return undefined;
}

/** Of a folder with however many, no more than two pages are held. */
async function foldersOf(share: Share, path: FilePath, isInTime: () => boolean): Promise<readonly string[]> {
  let last: readonly string[] = [];
  for await (const { folders } of pagesOf(share, path, () => true)) {
    last = inNumericOrder([...last, ...folders.filter(isShareName)]).slice(-MOST_LOOKED_AT);
    if (!isInTime())
      throw new RetryableError(
        `The earlier checkpoints in ${path.join('/')} could not be looked through within ${WITHIN_MS / 1000} s.`,
      );
  }
  return last;
}

async function completeAmong(
  share: Share,
  path: FilePath,
  folders: readonly string[],
): Promise<readonly CompleteCheckpoint[]> {
  const found = await allAtOnce(AT_ONCE, folders, async (folder): Promise<CompleteCheckpoint[]> => {
    const marker = await share.look([...path, folder, COMPLETE_MARKER]);
    return marker === undefined ? [] : [{ folder, markedAt: marker.modifiedAt ?? 0 }];
  });
  return found.flat();
}
