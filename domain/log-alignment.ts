// Decides what of a window on a log is new to its archive, and whether anything is missing between them.
import type { LogAddition } from './log-archive';
import { type Gap, hasGap, incarnationStart, pieceStart } from './log-index';
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
  /** Least overlap that proves continuity, bytes. */
  readonly proof?: number;
}

/**
 * An overlap proves continuity when the program would otherwise have had to print this many bytes a second time,
 * exactly up to where the window begins. Two or three lines of a usual log, more than any ruler or lone line end.
 */
const PROOF_BYTES = 64;
/** Overlaps up to this size prove nothing either when the same text occurs elsewhere nearby. */
const SMALL_OVERLAP_BYTES = 4096;

/** UTF-8 of U+FFFD. A character has at most four bytes, so that a cut leaves at most three of them. */
const REPLACEMENT = Buffer.from('\u{fffd}');
const MAX_CUT = 3;

/**
 * What to add so that no byte is archived twice and every hole is marked (S8, I6). The archive must have been read
 * before the window was fetched. It always ends with the window that was last taken over, or with a beginning of it;
 * windows never move back, so the true overlap is always among those found, and the longest never repeats a byte.
 */
export function align(
  archive: ArchiveEnd,
  window: { readonly bytes: Buffer; readonly whole: boolean },
  options: AlignOptions,
): Alignment {
  const bytes = options.final ? window.bytes : withoutCutEnd(window.bytes);
  if (bytes.length === 0) return { kind: 'nothing-new' };
  return window.whole
    ? alignWhole(archive, bytes)
    : alignMoving(archive, withoutCutStart(bytes), options.proof ?? PROOF_BYTES);
}

/** A window with all that this incarnation printed: it goes on where the archive ends, or the container was restarted. */
function alignWhole(archive: ArchiveEnd, bytes: Buffer): Alignment {
  const start = incarnationStart(archive.gaps);
  const known = start === undefined ? undefined : archive.length - start;
  if (known !== undefined && known <= bytes.length) {
    const tail = archive.tail.subarray(Math.max(0, archive.tail.length - known));
    if (bytes.compare(tail, 0, tail.length, known - tail.length, known) === 0)
      return add(archive, bytes.subarray(known));
  }
  return add(archive, bytes, {
    at: archive.length,
    kind: 'restarted',
    why: 'The container was restarted and its log began anew; what it had printed after the last look before is missing.',
  });
}

/** A window that may have moved on: where the archive ends in it is found by content. */
function alignMoving(archive: ArchiveEnd, bytes: Buffer, proof: number): Alignment {
  if (bytes.length === 0) return { kind: 'nothing-new' };
  const at = archive.length;
  const known = at - pieceStart(archive.gaps);
  if (known === 0) {
    if (hasGap(archive.gaps, { at, kind: 'missing' })) return add(archive, bytes);
    const why = 'The first look at this log may not have reached back to its start.';
    return add(archive, bytes, { at, kind: 'not-provable', why });
  }
  const tail = archive.tail.subarray(Math.max(0, archive.tail.length - known));
  const found = findOverlap(bytes, tail, known);
  if ('more' in found) return { kind: 'more-tail', bytes: found.more };
  const { longest, next } = found;
  if (longest === 0) {
    const why = 'The platform no longer showed the log back to where the archive ends.';
    return add(archive, bytes, { at, kind: 'missing', why });
  }
  const news = bytes.subarray(longest);
  // Had the window begun `next` bytes before the archive's end, the program would have repeated the rest of the overlap.
  const repeated = longest - next;
  if (repeated >= proof && 2 * repeated > longest && !occursElsewhere(bytes, tail, longest))
    return add(archive, news);
  const why = `The text overlaps the archive by ${longest} bytes and may have been printed again: something may be missing.`;
  return add(archive, news, { at, kind: 'not-provable', why });
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
