// Decides what of a window on a log is new to its archive, and whether anything is missing between them.
import { deflateRawSync } from 'node:zlib';

import type { LogAddition } from '../ports/log-archive';
import { type Gap, hasGap, pieceStart } from './log-index';
import { findOverlap } from './log-overlap';

/** The archive's end: its length in bytes, some of its last bytes, the gaps recorded so far. */
export interface ArchiveEnd {
  readonly length: number;
  readonly tail: Buffer;
  readonly gaps: readonly Gap[];
}

export type Alignment =
  | { readonly kind: 'nothing-new' }
  | { readonly kind: 'add'; readonly addition: LogAddition }
  /** The last `bytes` bytes of the archive are needed to tell. */
  | { readonly kind: 'more-tail'; readonly bytes: number };

export interface AlignOptions {
  /** The last look: a half-written character at the end is not waited for. */
  readonly final: boolean;
  /** Least information in an overlap that proves continuity, compressed bytes. */
  readonly proof?: number;
  /** Offset in the archive, bytes, before which the text can't begin. */
  readonly notBefore?: number;
}

/**
 * An overlap proves continuity when otherwise the program would have had to print text of so much information a second
 * time, exactly up to where the window begins. Information is measured by compressing: about two lines of a usual log,
 * and more than any ruler, row of dots or lone line end, however long.
 */
const PROOF_BYTES = 48;
/** How much of either end of an overlap is compressed before all of it is. */
const SAMPLE_BYTES = 2048;
/** Overlaps up to this size prove nothing either when the same text occurs elsewhere nearby. */
const SMALL_OVERLAP_BYTES = 4096;

/** UTF-8 of U+FFFD. A character has at most four bytes, so that a cut leaves at most three of them. */
const REPLACEMENT = Buffer.from('\u{fffd}');
const MAX_CUT = 3;

/**
 * Says what of a window to add so that no byte is archived twice and every hole is marked (S8, I6). The archive must
 * have been read before the window was fetched. It always ends with the window that was last taken over, or with a
 * beginning of it. Windows never move back, so the true overlap is always among those found, and taking the longest
 * never repeats a byte.
 */
export function align(
  archive: ArchiveEnd,
  window: { readonly bytes: Buffer; readonly whole: boolean },
  options: AlignOptions,
): Alignment {
  const bytes = options.final ? window.bytes : withoutCutEnd(window.bytes);
  return window.whole
    ? alignWhole(archive, bytes, options)
    : alignMoving(archive, withoutCutStart(bytes), options);
}

/** Text with all that this incarnation printed: it goes on where the archive ends, or the container was restarted. */
export function alignWhole(archive: ArchiveEnd, bytes: Buffer, options: AlignOptions): Alignment {
  if (bytes.length === 0) return { kind: 'nothing-new' };
  const start = pieceStart(archive.gaps);
  const known = archive.length - start;
  const tail = last(archive.tail, known);
  const goesOn =
    known <= bytes.length && bytes.compare(tail, 0, tail.length, known - tail.length, known) === 0;
  if (goesOn) return add(archive, bytes.subarray(known));
  const restarted: Gap = {
    at: archive.length,
    kind: 'restarted',
    why: 'The container was restarted and its log began anew; what it had printed after the last look before is missing.',
  };
  // Where continuity was not provable, the text since may be this incarnation's already.
  const unsure = archive.gaps.some(({ kind, at }) => kind === 'not-provable' && at >= start);
  return unsure ? alignByContent(archive, bytes, options, restarted) : add(archive, bytes, restarted);
}

/** Text that may begin before, at or after the archive's end. */
export function alignMoving(archive: ArchiveEnd, bytes: Buffer, options: AlignOptions): Alignment {
  if (bytes.length === 0) return { kind: 'nothing-new' };
  const at = archive.length;
  if (at > pieceStart(archive.gaps)) {
    const why = 'The platform no longer showed the log back to where the archive ends.';
    return alignByContent(archive, bytes, options, { at, kind: 'missing', why });
  }
  if (hasGap(archive.gaps, { at, kind: 'missing' })) return add(archive, bytes);
  const why = 'The first look at this log may not have reached back to its start.';
  return add(archive, bytes, { at, kind: 'not-provable', why });
}

/** Finds where the archive ends in the window by content; where it does not, there is the given gap. */
function alignByContent(
  archive: ArchiveEnd,
  bytes: Buffer,
  options: AlignOptions,
  gapWhenNone: Gap,
): Alignment {
  const known = archive.length - Math.max(pieceStart(archive.gaps), options.notBefore ?? 0);
  const tail = last(archive.tail, known);
  const found = findOverlap(bytes, tail, known);
  if ('more' in found) return { kind: 'more-tail', bytes: found.more };
  const { longest, next } = found;
  if (longest === 0) return add(archive, bytes, gapWhenNone);
  const news = bytes.subarray(longest);
  // Nothing follows, so nothing can be missing before it: a later look may tell.
  if (news.length === 0 && !options.final) return { kind: 'nothing-new' };
  // If the window had begun `next` bytes before the archive's end, the program would have repeated the rest of the
  // overlap.
  const repeated = bytes.subarray(next, longest);
  const periodic = 2 * repeated.length <= longest;
  const proven =
    !periodic &&
    hasInformation(repeated, options.proof ?? PROOF_BYTES) &&
    !occursElsewhere(bytes, tail, longest);
  if (proven) return add(archive, news);
  return add(archive, news, {
    at: archive.length,
    kind: 'not-provable',
    sharedBytes: longest,
    why: 'The platform showed text that the archive ends with, but this text may have been printed again: something may be missing.',
  });
}

function last(bytes: Buffer, count: number): Buffer {
  return bytes.subarray(Math.max(0, bytes.length - count));
}

/** Whether a text compresses to no less than `least` bytes. */
function hasInformation(text: Buffer, least: number): boolean {
  const samples =
    text.length <= 2 * SAMPLE_BYTES ? [] : [text.subarray(0, SAMPLE_BYTES), text.subarray(-SAMPLE_BYTES)];
  return [...samples, text].some((part) => deflateRawSync(part).length >= least);
}

/** Whether a small overlap is a text that this program prints more than once. */
function occursElsewhere(window: Buffer, tail: Buffer, overlap: number): boolean {
  if (overlap > SMALL_OVERLAP_BYTES) return false;
  const text = window.subarray(0, overlap);
  if (window.includes(text, 1)) return true;
  return tail.subarray(0, tail.length - 1).includes(text);
}

function add(archive: ArchiveEnd, bytes: Buffer, gap?: Gap): Alignment {
  if (gap !== undefined && !hasGap(archive.gaps, gap)) return { kind: 'add', addition: { bytes, gap } };
  return bytes.length === 0 ? { kind: 'nothing-new' } : { kind: 'add', addition: { bytes } };
}

/** A character that is half written reads as U+FFFD now and as itself later: wait for it. */
function withoutCutEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  for (
    let cut = 0;
    cut < MAX_CUT && bytes.subarray(0, end).subarray(-REPLACEMENT.length).equals(REPLACEMENT);
    cut += 1
  ) {
    end -= REPLACEMENT.length;
  }
  return bytes.subarray(0, end);
}

/** The rest of a character that the window's edge cut in two was never printed so. */
function withoutCutStart(bytes: Buffer): Buffer {
  let start = 0;
  for (
    let cut = 0;
    cut < MAX_CUT && bytes.subarray(start, start + REPLACEMENT.length).equals(REPLACEMENT);
    cut += 1
  ) {
    start += REPLACEMENT.length;
  }
  return bytes.subarray(start);
}
