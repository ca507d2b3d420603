// The package as one zip file, the same bytes for the same files.
import { zipSync } from 'fflate';

import type { Files } from './package-contents';

/**
 * The earliest time that the format knows, and the same in each time zone: it stores the parts of a local time. A time
 * of today would make each zip another one.
 */
const NO_TIME = new Date(1980, 0, 1);

/** Unix in the upper byte of "made by", so that the permissions count. */
const UNIX = 3;
/** A regular file that its owner may write and all may read, in the upper half of the attributes. */
const READABLE = 0o100644 << 16;

/** In the order of their paths. */
export function zipOf(files: Files): Uint8Array {
  const inOrder = Object.entries(files).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return zipSync(Object.fromEntries(inOrder), { mtime: NO_TIME, level: 9, os: UNIX, attrs: READABLE });
}
