// Text in the XML of Azure Files, and names that XML cannot hold.

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What no text of XML 1.0 may hold, escaped or not. A carriage return would be read as a line feed. */

const NOT_IN_XML = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/;

export function xmlText(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

/** `<Name>`, percent-encoded and marked so where XML can't hold it (docs/facts/azure-files.md#lists). */
export function xmlName(name: string): string {
  return NOT_IN_XML.test(name)
    ? `<Name Encoded="true">${encodeURIComponent(name)}</Name>`
    : `<Name>${xmlText(name)}</Name>`;
}
