// Where each output goes on this machine. Programs name outputs, so no name may lead out of the folder, and none may
// take another's place. Pure.
import { isShareName } from '../../domain/outputs/share-path';

/** What becomes of one output. */
export type Placed =
  | { readonly kind: 'placed'; readonly segments: readonly string[]; readonly renamed: boolean }
  | { readonly kind: 'refused'; readonly why: string };

/** Names that Windows takes for devices, with any ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** The same for names that differ by case or by how a letter is composed: some file systems hold them for one. */
function folded(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/**
 * Gives places in the order of the calls. The second of two paths that some file systems hold for one gets `~2` behind
 * its last name.
 */
export function createPlaces(): (path: string) => Placed {
  const taken = new Set<string>();
  return (path) => {
    const segments = path.split('/');
    const wrong = segments.find((name) => !isSafe(name));
    if (wrong !== undefined)
      return { kind: 'refused', why: `${JSON.stringify(wrong)} can't be the name of a file here` };
    const [last = '', ...above] = segments.toReversed();
    for (let number = 1; ; number += 1) {
      const placed = [...above.toReversed(), number === 1 ? last : `${last}~${number}`];
      const key = folded(placed.join('/'));
      if (taken.has(key)) continue;
      taken.add(key);
      return { kind: 'placed', segments: placed, renamed: number > 1 };
    }
  };
}

function isSafe(name: string): boolean {
  return isShareName(name) && !name.includes('\u007f') && !DEVICE.test(name) && !/[. ]$/.test(name);
}
