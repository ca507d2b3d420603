// JavaScript without a character beyond ASCII. One such character makes V8 keep the whole source in two bytes each.

/** A UTF-16 unit that is not ASCII. */
const BEYOND = /[^\0-\x7f]/g;

/**
 * Bytes of the same program. esbuild itself leaves such characters in regular expressions only, where `\u` and four
 * digits stand for one. In a line that has one, the columns after it move, and the source map's don't.
 */
export function inAscii(code: Uint8Array): Uint8Array {
  const source = Buffer.from(code).toString('utf8');
  return Buffer.from(
    source.replaceAll(BEYOND, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}
