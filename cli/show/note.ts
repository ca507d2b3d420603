// Places in a document, and what its translation has to say about them.

export interface Place {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly pointer?: string | undefined;
}

/** `warning at line 3, column 5 (/gpu): …`. */
export function noteInWords({
  kind,
  where,
  message,
}: {
  kind: string;
  where: Place;
  message: string;
}): string {
  const place = placeInWords(where);
  return `${kind}${place === '' ? '' : ` at ${place}`}: ${message}`;
}

/** `line 3, column 5 (/gpu/count)`, or what of it is known; empty for the whole. */
export function placeInWords({ line, column, pointer = '' }: Place): string {
  if (line === undefined) return pointer;
  return `line ${line}${column === undefined ? '' : `, column ${column}`}${pointer === '' ? '' : ` (${pointer})`}`;
}
