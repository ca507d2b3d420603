// Where an archived log ends: in which of its blobs, as the service described it, and what is recorded about its gaps.
import type { LogCursor } from '../../domain/logs/log-cursor';
import { type Gap, type LogIndex, mergeGaps } from '../../domain/logs/log-index';
import type { LogRef } from '../../domain/ports/log-archive';
import type { BlobHead, LogBlobs } from './log-blobs';
import { readIndex, type StoredIndex } from './log-index-store';
import { marksOf } from './log-marks';

/** Bytes of the tail that are remembered: more than the 16 KB that a container that has ended still shows. */
export const TAIL_BYTES = 32 * 1024;

export interface StoredEnd {
  /** Number of the blob that is written to; the ones before it are sealed. */
  readonly file: number;
  /** Offset in the archive at which each blob begins, up to and including `file`. */
  readonly starts: readonly number[];
  /** Undefined while the blob does not exist. */
  readonly head: BlobHead | undefined;
  readonly tail: Buffer;
  /** The gaps in the index and in the blob's metadata, which may be ahead of the index. */
  readonly gaps: readonly Gap[];
  /** Of the last blob that has one. */
  readonly cursor: LogCursor | undefined;
  readonly stored: StoredIndex;
}

export function fileName(ref: LogRef, file: number): string {
  return `${baseName(ref)}.${file}.log`;
}

export function indexName(ref: LogRef): string {
  return `${baseName(ref)}.index.json`;
}

/** The first generation has the names that logs had before there were others. */
function baseName({ jobId, attempt, container, generation = 1 }: LogRef): string {
  return `${jobId}/${attempt}/${container}${generation === 1 ? '' : `.g${generation}`}`;
}

/** Length of the archive, bytes. */
export function lengthOf(end: StoredEnd): number {
  return (end.starts[end.file] ?? 0) + (end.head?.length ?? 0);
}

/** Reads where the log ends: the index, the head of the last blob, the tail. */
export async function readStoredEnd(blobs: LogBlobs, ref: LogRef): Promise<StoredEnd> {
  const stored = await readIndex(blobs, indexName(ref));
  const starts = stored.index.files.length === 0 ? [0] : stored.index.files.map(({ from }) => from);
  let gaps = stored.index.gaps;
  let head: BlobHead | undefined;
  let cursor: LogCursor | undefined;
  for (;;) {
    head = await blobs.head(fileName(ref, starts.length - 1));
    if (head === undefined) break;
    const marks = marksOf(head.metadata);
    if (marks.gap !== undefined) gaps = mergeGaps(gaps, [marks.gap]);
    cursor = marks.cursor ?? cursor;
    if (marks.isSealed !== true) break;
    starts.push((starts.at(-1) ?? 0) + head.length);
  }
  const end = { file: starts.length - 1, starts, head, gaps, cursor, stored, tail: Buffer.alloc(0) };
  return { ...end, tail: await readTail(blobs, ref, end, TAIL_BYTES) };
}

/** The last `count` bytes before the archive's end as `end` knows it, or all when there are fewer. */
export async function readTail(blobs: LogBlobs, ref: LogRef, end: StoredEnd, count: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let to = lengthOf(end);
  const from = Math.max(0, to - count);
  for (let file = end.file; file >= 0 && to > from; file -= 1) {
    const start = end.starts[file] ?? 0;
    const first = Math.max(from, start);
    if (first >= to) continue;
    const part = await blobs.read(fileName(ref, file), first - start, to - first);
    if (part.length !== to - first) {
      throw new Error(
        `${fileName(ref, file)} should hold the archive's bytes ${first} to ${to}, but ended ${to - first - part.length} bytes early.`,
      );
    }
    parts.unshift(part);
    to = first;
  }
  return Buffer.concat(parts);
}

/** The index with all that this end knows. */
export function withEnd(index: LogIndex, ref: LogRef, end: StoredEnd): LogIndex {
  const files = end.starts.map((from, file) => {
    const to = end.starts[file + 1];
    return { name: fileName(ref, file), from, ...(to === undefined ? {} : { to }) };
  });
  return {
    ...index,
    gaps: mergeGaps(index.gaps, end.gaps),
    files: files.length < index.files.length ? index.files : files,
  };
}

/** Whether the index knows less than this end. The first blob need not be listed. */
export function isIndexBehind({ stored, gaps, file }: StoredEnd): boolean {
  return gaps.length > stored.index.gaps.length || (file > 0 && file >= stored.index.files.length);
}
