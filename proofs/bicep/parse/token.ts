// The words of Bicep.

/** `left`, `middle` and `right` are the pieces of a string around its `${…}`. */
export type StringPiece = 'whole' | 'left' | 'middle' | 'right';

interface Place {
  readonly start: number;
  readonly end: number;
}

export type Token = Place &
  (
    | { readonly kind: 'name' | 'number' | 'mark' | 'newline' | 'end'; readonly text: string }
    | { readonly kind: 'string'; readonly text: string; readonly piece: StringPiece }
  );

/** How a token is named in a message. */
export function saidOf(token: Token): string {
  switch (token.kind) {
    case 'newline':
      return 'the end of the line';
    case 'end':
      return 'the end of the file';
    case 'string':
      return 'a string';
    case 'name':
    case 'number':
    case 'mark':
      return `"${token.text}"`;
  }
}
