// Where each output goes on this machine. Programs name outputs, so no name may lead out of the folder, and none may
// take another's place. Pure.
import { isShareName } from '../../domain/outputs/share-path';

/** What becomes of one output. */
export type Placed =
  | { readonly kind: 'placed'; readonly segments: readonly string[]; readonly renamed: boolean }
  | { readonly kind: 'refused'; readonly why: string };

/** Names that Windows takes for devices, with any ending; digits may stand above the line. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(?:\.|$)/i;

/** What acts on a terminal, or is no name on some systems: DEL, and the control characters of Latin-1. */
const CONTROL = /[\u007f-\u009f]/;

/**
 * The same for names that differ by case, by how a letter is composed, or by characters that are not seen: some file
 * systems hold them for one. Upper case first, because `ß` is `SS` and `ſ` is `S` there.
 */
function folded(path: string): string {
  return path
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFC')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFC');
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
  return isShareName(name) && !CONTROL.test(name) && !DEVICE.test(name) && !/[. ]$/.test(name);
}
