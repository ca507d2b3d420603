// Parses documents in tests, with the protocol's times as deployed.
import type { ParsedDocument, ParseOptions } from '../../../formats/document';
import { parseDocument } from '../../../formats/parse-document';

export function parse(document: string | object, options: Partial<ParseOptions> = {}): ParsedDocument {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  return parseDocument(text, { provisioningAtLeastS: 600, ...options });
}

/** The spec; throws with the problems when there is none. */
export function specOf(document: string | object, options?: Partial<ParseOptions>): object {
  const parsed = parse(document, options);
  if (parsed.ok) return parsed.spec;
  throw new Error(JSON.stringify(parsed.problems));
}

/** Pointer and message of each problem; throws when the document is taken. */
export function problemsOf(document: string | object, options?: Partial<ParseOptions>): string[] {
  const parsed = parse(document, options);
  if (parsed.ok) throw new Error(`The document was taken as ${JSON.stringify(parsed.spec)}`);
  return parsed.problems.map(({ where, message }) => `${where.pointer ?? 'text'} ${message}`);
}

/** Kind, pointer and message of each note; throws when the document is not taken. */
export function notesOf(document: string | object, options?: Partial<ParseOptions>): string[] {
  const parsed = parse(document, options);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.notes.map(({ kind, where, message }) => `${kind} ${where.pointer ?? ''} ${message}`);
}
