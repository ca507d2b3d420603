// What a check found, and where it is told.

export interface Finding {
  /** The file's path as it is printed. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What is wrong, and what to do. */
  readonly message: string;
}

/** Line and column, both from 1, of an offset into the text. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

export function saidOfFinding({ file, line, column, message }: Finding): string {
  return `${file}:${line}:${column}: ${message}`;
}
