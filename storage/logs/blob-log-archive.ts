// The log archive in append blobs: `<job>/<attempt>/<container>.<n>.log`, and beside them `<container>.index.json`.
import type { ContainerClient } from '@azure/storage-blob';

import { EMPTY_INDEX, type LogIndex, mergeGaps } from '../../domain/logs/log-index';
import type { LogArchive, LogEnd, LogRef } from '../../domain/ports/log-archive';
import type { LogBlobs } from './log-blobs';
import { azureLogBlobs } from './log-blobs-azure';
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

/** The archive in this container (`job-logs`), which is created when first written to. */
export function blobLogArchive(container: ContainerClient, limits?: Partial<FileLimits>): LogArchive {
  return logArchiveOf(azureLogBlobs(container), limits);
}

/** The archive over any store of blobs. */
export function logArchiveOf(blobs: LogBlobs, limits?: Partial<FileLimits>): LogArchive {
  return new BlobLogArchive(blobs, { ...DEFAULT_FILE_LIMITS, ...limits });
}

class BlobLogArchive implements LogArchive {
  readonly #blobs: LogBlobs;
  readonly #limits: FileLimits;
  /** By name of the index; the most recently used last. */
  readonly #remembered = new Map<string, StoredEnd>();

  constructor(blobs: LogBlobs, limits: FileLimits) {
    this.#blobs = blobs;
    this.#limits = limits;
  }

  async end(ref: LogRef, how: 'remembered' | 'fresh'): Promise<LogEnd> {
    const known = how === 'remembered' ? this.#remembered.get(indexName(ref)) : undefined;
    return this.#endAt(ref, this.#remember(ref, known ?? (await readStoredEnd(this.#blobs, ref))));
  }

  async close(ref: LogRef): Promise<LogIndex> {
    const end = this.#remembered.get(indexName(ref)) ?? (await readStoredEnd(this.#blobs, ref));
    const stored = await changeIndex(this.#blobs, indexName(ref), end.stored, (index) => {
      const known = withEnd(index, ref, end);
      const length = Math.max(lengthOf(end), index.closed?.length ?? 0);
      return { ...known, closed: { length } };
    });
    this.#remember(ref, { ...end, stored, gaps: mergeGaps(stored.index.gaps, end.gaps) });
    return stored.index;
  }

  async read(ref: LogRef, from: number, maxBytes: number): Promise<{ bytes: Buffer; index: LogIndex }> {
    const parts: Buffer[] = [];
    let got = 0;
    let index = this.#remembered.get(indexName(ref))?.stored.index ?? EMPTY_INDEX;
    for (;;) {
      for (const file of filesOf(ref, index)) {
        const at = from + got - file.from;
        const count = Math.min(maxBytes - got, (file.to ?? Infinity) - file.from - at);
        if (at < 0 || count <= 0) continue;
        const part = await this.#blobs.read(file.name, at, count);
        parts.push(part);
        got += part.length;
      }
      // The index after the bytes: an entry is always written before the bytes that follow its gap.
      const files = index.files.length;
      index = (await readIndex(this.#blobs, indexName(ref))).index;
      if (got >= maxBytes || index.files.length <= Math.max(files, 1))
        return { bytes: Buffer.concat(parts), index };
    }
  }

  async urls(ref: LogRef): Promise<readonly string[]> {
    const { index } = await readIndex(this.#blobs, indexName(ref));
    const names: string[] = [];
    for (const { name } of filesOf(ref, index)) {
      if (index.files.length > 0 || (await this.#blobs.head(name)) !== undefined) names.push(name);
    }
    return names.map((name) => this.#blobs.url(name));
  }

  #endAt(ref: LogRef, end: StoredEnd): LogEnd {
    const target: LogTarget = { blobs: this.#blobs, ref, limits: this.#limits };
    return {
      length: lengthOf(end),
      tail: end.tail,
      gaps: end.gaps,
      cursor: end.cursor,
      moreTail: (bytes) => readTail(this.#blobs, ref, end, bytes),
      append: async (addition) => {
        // What is remembered is right again only when all went well.
        this.#remembered.delete(indexName(ref));
        const after = await appendAt(target, end, addition);
        return after === 'changed' ? after : this.#endAt(ref, this.#remember(ref, after));
      },
    };
  }

  #remember(ref: LogRef, end: StoredEnd): StoredEnd {
    const name = indexName(ref);
    this.#remembered.delete(name);
    this.#remembered.set(name, end);
    const oldest = this.#remembered.keys().next();
    if (this.#remembered.size > MAX_REMEMBERED && oldest.done !== true) this.#remembered.delete(oldest.value);
    return end;
  }
}

/** The blobs by the index; the first one goes without saying. */
function filesOf(ref: LogRef, index: LogIndex): LogIndex['files'] {
  return index.files.length === 0 ? [{ name: fileName(ref, 0), from: 0 }] : index.files;
}
