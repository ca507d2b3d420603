// Finds where a window of text begins within a text whose end is known: the window's beginning equals that end.

export interface Overlap {
  /** Longest beginning of the window that equals the text's end, bytes; 0: none. */
  readonly longest: number;
  /** The next shorter one. The window may also begin there, if the text repeated itself exactly. */
  readonly next: number;
}

/** `more`: that many bytes of the text's end are needed to tell. */
export type OverlapSearch = Overlap | { readonly more: number };

/** Long enough to be rare in a log, short enough for a search in linear time (Boyer-Moore bounds its shifts by 250). */
const PROBE_BYTES = 128;
/** More occurrences than this and text is searched byte by byte instead. */
const MAX_OCCURRENCES = 64;

/**
 * Finds the overlaps of `window` with the end of a text of `length` bytes, of which `tail` is the last part. Usual
 * cost: one native search for the tail's last bytes. Where these repeat, in the tail or in the window, the whole
 * overlap is compared, for which a longer tail is asked.
 */
export function findOverlap(window: Buffer, tail: Buffer, length: number): OverlapSearch {
  const most = Math.min(window.length, length);
  if (tail.length > most) return findOverlap(window, tail.subarray(tail.length - most), length);
  const probe = tail.subarray(-PROBE_BYTES);
  if (probe.length < PROBE_BYTES) return tail.length < most ? { more: most } : longestOverlap(window, tail);

  const candidates: number[] = [];
  let occurrences = 0;
  for (
    let at = lastIndexBefore(window, probe, window.length);
    at !== -1;
    at = lastIndexBefore(window, probe, at)
  ) {
    occurrences += 1;
    if (occurrences > MAX_OCCURRENCES)
      return tail.length < most ? { more: most } : longestOverlap(window, tail);
    const overlap = at + probe.length;
    if (overlap <= length && endsWith(window.subarray(0, overlap), tail)) candidates.push(overlap);
  }
  for (let overlap = probe.length - 1; overlap > 0 && candidates.length < 2; overlap -= 1) {
    if (endsWith(tail, window.subarray(0, overlap))) candidates.push(overlap);
  }
  const [longest = 0, next = 0] = candidates;
  // One that is longer than the tail is believed only where nothing shorter could be the true one.
  const repeats = next > 0 || lastIndexBefore(tail, probe, tail.length - probe.length) !== -1;
  return longest > tail.length && repeats ? { more: longest } : { longest, next };
}

/** The last place where `needle` begins before `before`, or -1. */
function lastIndexBefore(text: Buffer, needle: Buffer, before: number): number {
  return before <= 0 ? -1 : text.lastIndexOf(needle, before - 1);
}

/** Whether the shorter of both is the end of the longer. */
function endsWith(a: Buffer, b: Buffer): boolean {
  const common = Math.min(a.length, b.length);
  return a.compare(b, b.length - common, b.length, a.length - common, a.length) === 0;
}

/**
 * The overlaps of a window with the whole of a text, in time linear in both whatever they contain (Knuth, Morris,
 * Pratt): `borders[i]` is the length of the longest proper beginning of the window that is also the end of its first
 * i + 1 bytes.
 */
export function longestOverlap(window: Buffer, text: Buffer): Overlap {
  const pattern = window.subarray(0, text.length);
  if (pattern.length === 0) return { longest: 0, next: 0 };
  const borders = new Int32Array(pattern.length);
  for (let i = 1, matched = 0; i < pattern.length; i += 1) {
    matched = step(pattern, borders, matched, pattern[i]);
    borders[i] = matched;
  }
  let matched = 0;
  for (const byte of text) {
    if (matched === pattern.length) matched = borders[matched - 1] ?? 0;
    matched = step(pattern, borders, matched, byte);
  }
  return { longest: matched, next: matched === 0 ? 0 : (borders[matched - 1] ?? 0) };
}

/** One byte further: the longest beginning of the pattern that ends with `byte`, given the longest before it. */
function step(pattern: Buffer, borders: Int32Array, matched: number, byte: number | undefined): number {
  let length = matched;
  while (length > 0 && pattern[length] !== byte) length = borders[length - 1] ?? 0;
  return pattern[length] === byte ? length + 1 : 0;
}
