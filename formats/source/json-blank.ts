// What may stand between the values of a JSON text: white space, and the comments of Resource Manager's dialect.

/**
 * The first offset from `from` on that is neither white space nor within a comment; a comment without an end is not
 * stepped over.
 */
export function afterBlank(text: string, from: number, onComment?: (offset: number) => void): number {
  let at = from;
  for (;;) {
    if (isJsonSpace(text.charCodeAt(at))) at += 1;
    else {
      const end = endOfComment(text, at);
      if (end === undefined) return at;
      onComment?.(at);
      at = end;
    }
  }
}

/** JSON's own white space, by its code: no other space counts. */
export function isJsonSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** The offset behind the comment that starts here; undefined where none starts, or none ends. */
function endOfComment(text: string, at: number): number | undefined {
  if (text.startsWith('/*', at)) {
    const close = text.indexOf('*/', at + 2);
    return close === -1 ? undefined : close + 2;
  }
  if (!text.startsWith('//', at)) return undefined;
  let end = at + 2;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return end;
}

/** Where the text starts: a byte order mark, as Windows tools write it, is no part of it. */
export function startOf(text: string): number {
  return text.startsWith('\uFEFF') ? 1 : 0;
}
