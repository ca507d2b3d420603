// Checks that an archived log is the printed text except for the gaps that it admits.
import type { LogFacts } from './round-facts';

/**
 * Says what is wrong, or undefined. The archive must equal the printed text. Unless it `mustBeWhole`, it may instead
 * hold pieces of the text in their order, with a recorded gap wherever something is missing.
 */
export function missingFrom({ archived, printed, gaps }: LogFacts, mustBeWhole: boolean): string | undefined {
  if (archived.equals(printed)) return undefined;
  const sizes = `${archived.length} of ${printed.length} bytes`;
  if (mustBeWhole) return `is not what was printed (${sizes}, ${gaps.length} gaps)`;
  if (gaps.length === 0) return `is not what was printed (${sizes}) and admits no gap`;
  const offsets = [...new Set([0, ...gaps.map(({ at }) => at), archived.length])].sort((a, b) => a - b);
  let from = 0;
  for (const [n, start] of offsets.slice(0, -1).entries()) {
    const piece = archived.subarray(start, offsets[n + 1]);
    const at = printed.indexOf(piece, from);
    if (at === -1) return `has bytes at ${start} that were not printed there (${sizes})`;
    const isAdmitted = gaps.some((gap) => gap.at === start);
    if (at > from && !isAdmitted) return `lacks ${at - from} bytes before ${start} and admits no gap there`;
    from = at + piece.length;
  }
  if (from < printed.length && !gaps.some(({ at }) => at === archived.length))
    return `lacks its last ${printed.length - from} bytes and admits no gap there`;
  return undefined;
}
