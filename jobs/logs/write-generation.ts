// Writes a generation of a log from the rows of a store, portion by portion; goes on where the last writer stopped.
import { hasGap } from '../../domain/logs/log-index';
import { storedText } from '../../domain/logs/stored-text';
import type { LogArchive, LogEnd, LogRef } from '../../domain/ports/log-archive';
import type { StoredPortion } from '../../domain/ports/log-store';

export interface WriteInput {
  readonly archive: LogArchive;
  readonly ref: LogRef;
  /** The rows after this instant. */
  readonly read: (after: string | undefined) => Promise<StoredPortion>;
  /** Asked after a portion that more follows: whether there is time for the next. */
  readonly mayGoOn: () => boolean;
}

export type Written =
  /** All rows are in it, and it is closed. */
  | { readonly kind: 'all'; readonly bytes: number }
  /** More is to be written, or another writer is at it. */
  | { readonly kind: 'more' }
  /** The rows are no longer those that it was begun with: another generation must be. */
  | { readonly kind: 'changed' };

/** The cursor of the archive is the instant of its last row (decision 15). Several writers of one generation agree. */
export async function writeGeneration({ archive, ref, read, mayGoOn }: WriteInput): Promise<Written> {
  for (let how: 'fresh' | 'remembered' = 'fresh'; ; how = 'remembered') {
    const end = await archive.end(ref, how);
    const portion = await read(end.cursor?.position);
    const added = await addPortion(end, portion);
    if (added === 'rows-changed') return { kind: 'changed' };
    if (added === 'changed') return { kind: 'more' };
    if (portion.hasMore && !mayGoOn()) return { kind: 'more' };
    if (portion.hasMore) continue;
    await archive.close(ref);
    return { kind: 'all', bytes: added.length };
  }
}

/**
 * Appends what the archive does not hold of the portion yet. A writer that died may have left a part of it. What the
 * rows leave in doubt is marked before it is written, like a gap.
 */
async function addPortion(
  end: LogEnd,
  { lines }: StoredPortion,
): Promise<LogEnd | 'changed' | 'rows-changed'> {
  const known = end.length - (end.cursor?.at ?? 0);
  const position = lines.at(-1)?.at;
  const { bytes, doubt } = storedText(lines);
  if (known > 0 && !(await end.moreTail(known)).equals(bytes.subarray(0, known))) return 'rows-changed';
  if (position === undefined) return end;
  if (doubt === undefined || doubt.at < known)
    return end.append({ bytes: bytes.subarray(known), positions: { end: position } });
  const certain = bytes.subarray(known, doubt.at);
  const before = certain.length === 0 ? end : await end.append({ bytes: certain });
  if (before === 'changed') return before;
  const gap = { at: before.length, kind: 'not-provable', why: doubt.why } as const;
  return before.append({
    bytes: bytes.subarray(doubt.at),
    ...(hasGap(before.gaps, gap) ? {} : { gap }),
    positions: { end: position },
  });
}
