// Judges an archive by what was printed and by what the platform's own record says was gone.
import type { Gap } from '../../../domain/logs/log-index';
import { piecesOf } from '../log-printer';

export interface PlatformRecord {
  readonly printed: Buffer;
  /** Each number of first bytes that were gone at some time. */
  readonly gone: readonly number[];
}

/**
 * Says what is wrong with the archive of a program that has ended, if anything. It begins and ends with what was
 * printed. Each gap covers what was printed from the end of the text before it up to where a new file began: bytes that
 * were gone, and no others.
 */
export function flawByRecord(
  archive: Buffer,
  gaps: readonly Gap[],
  { printed, gone }: PlatformRecord,
): string | undefined {
  const pieces = piecesOf(archive, gaps);
  let from = 0;
  for (const [n, { at, bytes }] of pieces.entries()) {
    const isLast = n === pieces.length - 1;
    const place = isLast ? printed.length - bytes.length : printed.indexOf(bytes, from);
    if (n === 0 && place !== 0) return `the text begins at byte ${place} of what was printed`;
    if (place < from) return `the text at ${at} was not printed after byte ${from}`;
    if (!printed.subarray(place, place + bytes.length).equals(bytes))
      return `the text at ${at} was not printed so`;
    if (n > 0 && !gone.includes(place))
      return `the gap at ${at} covers bytes ${from} to ${place}, but the bytes gone were ${gone.join(', ')}`;
    from = place + bytes.length;
  }
  return undefined;
}
