// Labels as people type them, and as the address and the API have them: a JSON object.

/** `team=vision run=7` as an object. A value with spaces stands in double quotes: `note="a b"`. */
export function labelsOf(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/([^\s=]+)=(?:"([^"]*)"|(\S*))/g);
  return Object.fromEntries(
    [...found].map(([, name = '', quoted, plain = '']): [string, string] => [name, quoted ?? plain]),
  );
}

/** The other way; the text itself where it is no object of labels. */
export function labelsText(json: string): string {
  try {
    const labels: unknown = JSON.parse(json);
    if (typeof labels !== 'object' || labels === null) return json;
    return Object.entries(labels)
      .map(([name, value]) =>
        /\s/.test(String(value)) ? `${name}="${String(value)}"` : `${name}=${String(value)}`,
      )
      .join(' ');
  } catch {
    return json; // Somebody typed it into the address; the API will say what is wrong.
  }
}
