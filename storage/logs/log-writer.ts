// Adds to the end of an archived log so that every reader can tell what is missing, whoever dies or races on the way.
import { type LogCursor, MAX_POSITION_CHARACTERS } from '../../domain/logs/log-cursor';
import { mergeGaps } from '../../domain/logs/log-index';
import type { LogAddition, LogPositions, LogRef } from '../../domain/ports/log-archive';
import { type BlobHead, type LogBlobs, MAX_BLOCK_BYTES } from './log-blobs';
import { changeIndex } from './log-index-store';
import { type Marks, marksOf, metadataOf } from './log-marks';
import {
  fileName,
  indexName,
  isIndexBehind,
  lengthOf,
  type StoredEnd,
  TAIL_BYTES,
  withEnd,
} from './stored-end';

/** When a log goes on in a new blob. */
export interface FileLimits {
  /** Blocks a blob; the service allows 50,000. */
  readonly blocks: number;
  /** Bytes a blob. */
  readonly bytes: number;
}

/** The room below 50,000 is for appends of other writers whose answer this one has not seen. */
export const DEFAULT_FILE_LIMITS: FileLimits = { blocks: 49_000, bytes: 1024 ** 3 };

export interface LogTarget {
  readonly blobs: LogBlobs;
  readonly ref: LogRef;
  readonly limits: FileLimits;
}

type Written = StoredEnd | 'changed';

/**
 * Adds at `end`, in this order (docs/decisions/0003-log-gaps-are-fenced.md,
 * docs/decisions/0015-the-cursor-follows-the-bytes.md):
 * 1. the gap goes into the blob's metadata, which changes its ETag: no append that rests on an older look can succeed
 *    any more, so that the gap cannot turn out to be none. With it goes the cursor before the bytes;
 * 2. the gap goes into the index;
 * 3. the bytes go to the end, on condition of ETag and length. So no byte after a gap exists before its entry does;
 * 4. the cursor after the bytes goes into the metadata, on the ETag of the append. So it never leads.
 * A gap in the metadata that the index lacks is put there before anything else is added.
 */
export async function appendAt(target: LogTarget, end: StoredEnd, addition: LogAddition): Promise<Written> {
  const { bytes, gap, positions } = addition;
  if (positions !== undefined) checkLengths(positions);
  let at: Written = await indexed(target, end);
  at = await marked(target, at, { gap, cursor: cursorAt(at, positions?.begin) });
  if (at === 'changed') return at;
  at = await indexed(target, at);
  for (let from = 0; from < bytes.length; from += MAX_BLOCK_BYTES) {
    at = await withBlock(target, at, bytes.subarray(from, from + MAX_BLOCK_BYTES));
    if (at === 'changed') return at;
  }
  return await marked(target, at, { cursor: cursorAt(at, positions?.end) });
}

/** The cursor of this position where the archive ends now. */
function cursorAt(end: StoredEnd, position: string | undefined): LogCursor | undefined {
  return position === undefined ? undefined : { at: lengthOf(end), position };
}

/** Throws before anything is written when a position is too long to be stored. */
function checkLengths({ begin = '', end }: LogPositions): void {
  for (const position of [begin, end]) {
    if (position.length <= MAX_POSITION_CHARACTERS) continue;
    const found = `a backend gave one of ${position.length}: ${position.slice(0, 80)}…`;
    throw new Error(
      `A position in a log may have ${MAX_POSITION_CHARACTERS} characters at most, but ${found}`,
    );
  }
}

/** Brings the index up to what the blobs say. */
async function indexed({ blobs, ref }: LogTarget, end: StoredEnd): Promise<StoredEnd> {
  if (!isIndexBehind(end)) return end;
  const change = (index: StoredEnd['stored']['index']) => withEnd(index, ref, end);
  return { ...end, stored: await changeIndex(blobs, indexName(ref), end.stored, change) };
}

/**
 * Puts the given marks into the blob's metadata, in place of those of the same kind. Writes nothing if none are given.
 */
async function marked({ blobs, ref }: LogTarget, end: StoredEnd, added: Marks): Promise<Written> {
  if (added.gap === undefined && added.cursor === undefined) return end;
  const known = end.head === undefined ? {} : marksOf(end.head.metadata);
  const cursor = added.cursor ?? end.cursor;
  const gap = added.gap ?? known.gap;
  const metadata = metadataOf({ gap, cursor });
  if (end.head !== undefined && isSame(end.head.metadata, metadata)) return { ...end, cursor };
  const name = fileName(ref, end.file);
  const head =
    end.head === undefined
      ? ((await blobs.create(name, metadata)) ?? 'changed')
      : await blobs.mark(name, metadata, end.head);
  const gaps = added.gap === undefined ? end.gaps : mergeGaps(end.gaps, [added.gap]);
  return head === 'changed' ? head : { ...end, head, gaps, cursor };
}

async function withBlock(target: LogTarget, end: StoredEnd, block: Buffer): Promise<Written> {
  const { blobs, ref } = target;
  const at = await withRoom(target, end, block.length);
  if (at === 'changed') return at;
  const name = fileName(ref, at.file);
  const appended = await blobs.append(name, block, at.head);
  const head = appended === 'changed' ? await ownAppend(blobs, name, block, at.head) : appended;
  if (head === 'changed') return head;
  // A copy: a slice would keep the whole window in memory.
  const tail = Buffer.from(Buffer.concat([at.tail, block.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES));
  return { ...at, head, tail };
}

/** An append whose answer was lost is sent again by the client and then refused: it took effect if the end is ours. */
async function ownAppend(
  blobs: LogBlobs,
  name: string,
  block: Buffer,
  before: BlobHead,
): Promise<BlobHead | 'changed'> {
  const head = await blobs.head(name);
  if (head?.length !== before.length + block.length) return 'changed';
  const end = await blobs.read(name, before.length, block.length);
  // Another writer's mark may have come after the append: then what this one knows is old.
  return end.equals(block) && isSame(head.metadata, before.metadata) ? head : 'changed';
}

function isSame(a: BlobHead['metadata'], b: BlobHead['metadata']): boolean {
  return JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
}

/**
 * Provides a blob that can take the block: seals a full one, so that no writer appends to it, and only then begins the
 * next.
 */
async function withRoom(
  target: LogTarget,
  end: StoredEnd,
  bytes: number,
): Promise<(StoredEnd & { head: BlobHead }) | 'changed'> {
  const { blobs, ref, limits } = target;
  const { head } = end;
  if (head === undefined) {
    const created = await blobs.create(fileName(ref, end.file), metadataOf({ cursor: end.cursor }));
    return created === undefined ? 'changed' : { ...end, head: created };
  }
  const full = head.blocks >= limits.blocks || (head.length > 0 && head.length + bytes > limits.bytes);
  if (!full) return { ...end, head };
  const seal = metadataOf({ ...marksOf(head.metadata), isSealed: true });
  const sealed = await blobs.mark(fileName(ref, end.file), seal, head);
  if (sealed === 'changed') return sealed;
  const next = {
    ...end,
    file: end.file + 1,
    starts: [...end.starts, lengthOf(end)],
    head: undefined,
  };
  const created = await blobs.create(fileName(ref, next.file), metadataOf({ cursor: end.cursor }));
  if (created === undefined) return 'changed';
  return { ...(await indexed(target, next)), head: created };
}
