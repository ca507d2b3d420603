// Adds to the end of an archived log so that every reader can tell what is missing, whoever dies or races on the way.
import { type Gap, mergeGaps } from '../../domain/logs/log-index';
import type { LogAddition, LogRef } from '../../domain/ports/log-archive';
import { type BlobHead, type LogBlobs, MAX_BLOCK_BYTES } from './log-blobs';
import { changeIndex } from './log-index-store';
import {
  fileName,
  indexName,
  isIndexBehind,
  lengthOf,
  type LogPosition,
  metadataWith,
  sealed,
  TAIL_BYTES,
  withPosition,
} from './log-position';

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

type Written = LogPosition | 'changed';

/**
 * Adds at `position`, in this order (docs/decisions/0003-log-gaps-are-fenced.md):
 * 1. the gap goes into the blob's metadata, which changes its ETag: no append that rests on an older look can succeed
 *    any more, so that the gap cannot turn out to be none;
 * 2. the gap goes into the index;
 * 3. the bytes go to the end, on condition of ETag and length. So no byte after a gap exists before its entry does.
 * Whoever finds a gap in the metadata that the index lacks finishes step 2 first.
 */
export async function appendAt(
  target: LogTarget,
  position: LogPosition,
  addition: LogAddition,
): Promise<Written> {
  let at: Written = await indexed(target, position);
  if (addition.gap !== undefined) {
    at = await withGap(target, at, addition.gap);
    if (at === 'changed') return at;
    at = await indexed(target, at);
  }
  for (let from = 0; from < addition.bytes.length; from += MAX_BLOCK_BYTES) {
    at = await withBlock(target, at, addition.bytes.subarray(from, from + MAX_BLOCK_BYTES));
    if (at === 'changed') return at;
  }
  return at;
}

/** Brings the index up to what the blobs say. */
async function indexed({ blobs, ref }: LogTarget, position: LogPosition): Promise<LogPosition> {
  if (!isIndexBehind(position)) return position;
  const change = (index: LogPosition['stored']['index']) => withPosition(index, ref, position);
  return { ...position, stored: await changeIndex(blobs, indexName(ref), position.stored, change) };
}

async function withGap({ blobs, ref }: LogTarget, position: LogPosition, gap: Gap): Promise<Written> {
  const name = fileName(ref, position.file);
  const head =
    position.head === undefined
      ? ((await blobs.create(name, metadataWith(gap))) ?? 'changed')
      : await blobs.mark(name, metadataWith(gap), position.head);
  return head === 'changed' ? head : { ...position, head, gaps: mergeGaps(position.gaps, [gap]) };
}

async function withBlock(target: LogTarget, position: LogPosition, block: Buffer): Promise<Written> {
  const { blobs, ref } = target;
  const at = await withRoom(target, position, block.length);
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
  return end.equals(block) && sameMetadata(head, before) ? head : 'changed';
}

/** Another writer's gap or seal came after the append: read again. */
function sameMetadata(a: BlobHead, b: BlobHead): boolean {
  return (
    JSON.stringify(Object.entries(a.metadata).sort()) === JSON.stringify(Object.entries(b.metadata).sort())
  );
}

/** Sees to a blob that can take the block: seals a full one, so that nobody appends to it, and only then begins the next. */
async function withRoom(
  target: LogTarget,
  position: LogPosition,
  bytes: number,
): Promise<(LogPosition & { head: BlobHead }) | 'changed'> {
  const { blobs, ref, limits } = target;
  const { head } = position;
  if (head === undefined) {
    const created = await blobs.create(fileName(ref, position.file), {});
    return created === undefined ? 'changed' : { ...position, head: created };
  }
  const full = head.blocks >= limits.blocks || (head.length > 0 && head.length + bytes > limits.bytes);
  if (!full) return { ...position, head };
  const closed = await blobs.mark(fileName(ref, position.file), sealed(head.metadata), head);
  if (closed === 'changed') return closed;
  const next = {
    ...position,
    file: position.file + 1,
    starts: [...position.starts, lengthOf(position)],
    head: undefined,
  };
  const created = await blobs.create(fileName(ref, next.file), {});
  if (created === undefined) return 'changed';
  return { ...(await indexed(target, next)), head: created };
}
