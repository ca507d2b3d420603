// A text as a filter of the table service takes it.

/** In quotes, its own doubled: none ends the text and goes on with a condition. */
export function odataText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
