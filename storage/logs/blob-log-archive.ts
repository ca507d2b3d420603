// The log archive in append blobs: `<job>/<attempt>/<container>.<n>.log`, and beside them `<container>.index.json`;
// later generations are `<container>.g2.<n>.log` and so on.
import type { ContainerClient } from '@azure/storage-blob';

import { EMPTY_INDEX, type LogIndex, mergeGaps, withGeneration } from '../../domain/logs/log-index';
import type { LogArchive, LogEnd, LogRef } from '../../domain/ports/log-archive';
import type { LogBlobs } from './log-blobs';
import { createAzureLogBlobs } from './log-blobs-azure';
import { changeIndex, readIndex } from './log-index-store';
import { appendAt, DEFAULT_FILE_LIMITS, type FileLimits, type LogTarget } from './log-writer';
import {
  fileName,
  indexName,
  lengthOf,
  readStoredEnd,
  readTail,
  type StoredEnd,
  withEnd,
} from './stored-end';

/** Logs whose end is remembered, about 32 KB each. */
const MAX_REMEMBERED = 256;

/**
 * The archive in this container (`job-logs`), which is created when first written to. Its client is asked for at the
 * first operation, since the SDK loads with it.
 */
export function createBlobLogArchive(
  container: () => ContainerClient,
  limits?: Partial<FileLimits>,
): LogArchive {
  return createLogArchive(createAzureLogBlobs(container), limits);
}

/** The archive over any store of blobs. */
export function createLogArchive(blobs: LogBlobs, over?: Partial<FileLimits>): LogArchive {
  const limits = { ...DEFAULT_FILE_LIMITS, ...over };
  /** By name of the index; the most recently used last. */
  const remembered = new Map<string, StoredEnd>();

  const endAt = (ref: LogRef, end: StoredEnd): LogEnd => {
    const target: LogTarget = { blobs, ref, limits };
    return {
      length: lengthOf(end),
      tail: end.tail,
      gaps: end.gaps,
      cursor: end.cursor,
      moreTail: (bytes) => readTail(blobs, ref, end, bytes),
      append: async (addition) => {
        // What is remembered is right again only when all went well.
        remembered.delete(indexName(ref));
        const after = await appendAt(target, end, addition);
        return after === 'changed' ? after : endAt(ref, remember(ref, after));
      },
    };
  };

  const remember = (ref: LogRef, end: StoredEnd): StoredEnd => {
    const name = indexName(ref);
    remembered.delete(name);
    remembered.set(name, end);
    const oldest = remembered.keys().next();
    if (remembered.size > MAX_REMEMBERED && oldest.done !== true) remembered.delete(oldest.value);
    return end;
  };

  return {
    end: async (ref, how) => {
      const known = how === 'remembered' ? remembered.get(indexName(ref)) : undefined;
      return endAt(ref, remember(ref, known ?? (await readStoredEnd(blobs, ref))));
    },
    close: async (ref) => {
      const end = remembered.get(indexName(ref)) ?? (await readStoredEnd(blobs, ref));
      const stored = await changeIndex(blobs, indexName(ref), end.stored, (index) => {
        const known = withEnd(index, ref, end);
        const length = Math.max(lengthOf(end), index.closed?.length ?? 0);
        return { ...known, closed: { length } };
      });
      remember(ref, { ...end, stored, gaps: mergeGaps(stored.index.gaps, end.gaps) });
      return stored.index;
    },
    note: async (ref, generation) => {
      const first = indexName({ ...ref, generation: 1 });
      await changeIndex(blobs, first, await readIndex(blobs, first), (index) =>
        withGeneration(index, generation),
      );
    },
    read: async (ref, from, maxBytes) => {
      const parts: Buffer[] = [];
      let got = 0;
      let index = remembered.get(indexName(ref))?.stored.index ?? EMPTY_INDEX;
      for (;;) {
        for (const file of filesOf(ref, index)) {
          const at = from + got - file.from;
          const count = Math.min(maxBytes - got, (file.to ?? Infinity) - file.from - at);
          if (at < 0 || count <= 0) continue;
          const part = await blobs.read(file.name, at, count);
          parts.push(part);
          got += part.length;
        }
        // The index after the bytes: an entry is always written before the bytes that follow its gap.
        const files = index.files.length;
        index = (await readIndex(blobs, indexName(ref))).index;
        if (got >= maxBytes || index.files.length <= Math.max(files, 1))
          return { bytes: Buffer.concat(parts), index };
      }
    },
    urls: async (ref) => {
      const { index } = await readIndex(blobs, indexName(ref));
      const names: string[] = [];
      for (const { name } of filesOf(ref, index)) {
        if (index.files.length > 0 || (await blobs.head(name)) !== undefined) names.push(name);
      }
      return names.map((name) => blobs.url(name));
    },
  };
}

/** The blobs by the index; the first one goes without saying. */
function filesOf(ref: LogRef, index: LogIndex): LogIndex['files'] {
  return index.files.length === 0 ? [{ name: fileName(ref, 0), from: 0 }] : index.files;
}
