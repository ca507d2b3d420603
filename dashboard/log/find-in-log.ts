// Searches a whole log by parts, forwards from an offset, without keeping what was read. ASCII letters in any case.
import type { ReadPart } from './read-part';

export type Found =
  { readonly kind: 'found'; readonly at: number } | { readonly kind: 'not found'; readonly to: number };

/** Bytes of a part: each is searched in one go, and a search of a short log is one request. */
const PART_BYTES = 1024 * 1024;

/** `onProgress` is told how far the search has come. Rejects with the signal's reason where it is aborted. */
export async function findInLog(
  read: ReadPart,
  needle: string,
  start: number,
  signal: AbortSignal,
  onProgress: (at: number) => void,
): Promise<Found> {
  const wanted = oneToOne(new TextEncoder().encode(needle));
  let from = start;
  let carried = '';
  for (;;) {
    const part = await read({ from, most: PART_BYTES, signal });
    const text = carried + oneToOne(part.bytes);
    const index = text.indexOf(wanted);
    if (index !== -1) return { kind: 'found', at: from - carried.length + index };
    from += part.bytes.length;
    onProgress(from);
    if (part.isFinal || part.bytes.length === 0) return { kind: 'not found', to: from };
    carried = text.slice(-(wanted.length - 1 || text.length + 1));
  }
}

/** One character a byte, so that an index in the text is an offset. */
function oneToOne(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes).toLowerCase();
}
