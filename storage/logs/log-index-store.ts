// Keeps the index of one log in a blob; every change is a compare-and-swap.
import { RetryableError } from '../../domain/errors';
import { EMPTY_INDEX, type LogIndex, logIndexSchema } from '../../domain/logs/log-index';
import type { LogBlobs } from './log-blobs';

export interface StoredIndex {
  readonly index: LogIndex;
  /** Undefined while there is no such blob. */
  readonly etag: string | undefined;
}

/** Other processes change an index only when they take an attempt over, so a few rounds suffice. */
const MAX_ROUNDS = 10;

/** The index as it stands; an empty one when none was written. Throws when what is stored is no index. */
export async function readIndex(blobs: LogBlobs, name: string): Promise<StoredIndex> {
  const stored = await blobs.readText(name);
  if (stored === undefined) return { index: EMPTY_INDEX, etag: undefined };
  return { index: logIndexSchema.parse(JSON.parse(stored.text)), etag: stored.etag };
}

/**
 * Applies `change` to the index: first to the one given, then to what others wrote meanwhile. Writes nothing if nothing
 * changes.
 */
export async function changeIndex(
  blobs: LogBlobs,
  name: string,
  from: StoredIndex,
  change: (index: LogIndex) => LogIndex,
): Promise<StoredIndex> {
  let stored = from;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const index = change(stored.index);
    const text = JSON.stringify(index, undefined, 1);
    if (text === JSON.stringify(stored.index, undefined, 1)) return stored;
    const written = await blobs.writeText(name, text, stored.etag);
    if (written !== 'changed') return { index, etag: written.etag };
    stored = await readIndex(blobs, name);
  }
  throw new RetryableError(
    `The log index ${name} was changed by others ${MAX_ROUNDS} times in a row. Try again.`,
    {
      name,
    },
  );
}
