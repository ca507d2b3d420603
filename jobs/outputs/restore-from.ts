// Finds the checkpoint that an attempt goes on from, among those that earlier attempts left on the share.
import {
  COMPLETE_MARKER,
  type CompleteCheckpoint,
  inNumericOrder,
  latestOf,
} from '../../domain/outputs/restore-choice';
import { isShareName } from '../../domain/outputs/share-path';
import type { FilePath } from '../../domain/ports/files';
import type { Share } from '../../domain/ports/shares';
import { allAtOnce } from '../flow/all-at-once';

/** Of the folders of one attempt so many are looked at, those that come last by name. */
const MOST_LOOKED_AT = 100;
const AT_ONCE = 8;

/** `job`: the folder that holds one of each attempt. Undefined: no earlier attempt has a complete checkpoint. */
export async function restoreFrom(
  share: Share,
  job: FilePath,
  attempt: number,
): Promise<{ readonly attempt: number; readonly folder: string } | undefined> {
  for (let earlier = attempt - 1; earlier > 0; earlier -= 1) {
    const folders = await foldersOf(share, [...job, String(earlier)]);
    const latest = latestOf(await completeAmong(share, [...job, String(earlier)], folders));
    if (latest !== undefined) return { attempt: earlier, folder: latest.folder };
  }
  return undefined;
}

async function foldersOf(share: Share, path: FilePath): Promise<readonly string[]> {
  const names: string[] = [];
  let page: string | undefined;
  do {
    const answer = await share.list(path, page);
    names.push(...(answer?.folders ?? []).filter(isShareName));
    page = answer?.next;
  } while (page !== undefined);
  return inNumericOrder(names).slice(-MOST_LOOKED_AT);
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
