// Reads docs/threat-model.md: what it says is held, and the tests that it cites for it.

interface Citation {
  readonly path: string;
  /** The test's title as it stands in the file. */
  readonly title: string;
}

export interface Held {
  /** Its first words, for people. */
  readonly claim: string;
  readonly citations: readonly Citation[];
}

const ENTRY = /^- \*\*([A-Z][a-z ]+)\.\*\* ([^]*?)(?=\n\n|\n- |\n#|$(?![^]))/gm;
const CITATION = /`(test\/[\w./-]+)`: “([^”]+)”/g;

/** The entries of the page that begin with `**Kind.**`, each on one line. */
function entries(page: string, kind: string): readonly string[] {
  return [...page.matchAll(ENTRY)]
    .filter(([, found]) => found === kind)
    .map(([, , text = '']) => text.replace(/\s+/g, ' ').trim());
}

export function heldClaims(page: string): readonly Held[] {
  return entries(page, 'Held').map((text) => ({
    claim: text.slice(0, 80),
    citations: citationsIn(text),
  }));
}

/** What is open, with what the operator can do. */
export function openClaims(page: string): readonly string[] {
  return entries(page, 'Not held');
}

/** Everything that is cited, held or not. */
export function citationsIn(page: string): readonly Citation[] {
  const flat = page.replace(/\s+/g, ' ');
  return [...flat.matchAll(CITATION)].map(([, path = '', title = '']) => ({ path, title: unescaped(title) }));
}

/** As Markdown shows it. */
function unescaped(text: string): string {
  return text.replace(/\\([_*])/g, '$1');
}

/** Whether the file has a test, or a group of tests, of that title. */
export function hasTest(text: string, title: string): boolean {
  const quoted = ["'", '"', '`'].map((quote) => `${quote}${title.replaceAll(quote, `\\${quote}`)}${quote}`);
  return quoted.some((literal) => {
    const at = text.indexOf(literal);
    return at !== -1 && /(?:\b(?:test|it|describe)\(|\)\()\s*$/.test(text.slice(0, at));
  });
}
