// A document's text within a message.

/** A text as a message shows it, at most 80 characters; undefined for anything else. */
export function shown(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, 80) : undefined;
}
