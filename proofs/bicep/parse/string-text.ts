// The characters of a string: those of one line with their escapes, and those of several lines as they are.
import { SyntaxFault } from './fault';

/** `dollars`: how many stand before `'''`, so that `${` (or `$${`, …) begins an expression; 0: none does. */
export type StringForm = { readonly kind: 'line' } | { readonly kind: 'lines'; readonly dollars: number };

interface ReadString {
  readonly value: string;
  /** Behind the closing quote, or behind `${`. */
  readonly end: number;
  /** Whether an expression follows. */
  readonly opens: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', "'": "'", '\\': '\\', $: '$' };
const UNICODE = /u\{([0-9a-fA-F]{1,6})\}/y;

/** A string of one line; `start` is where it began, for the message about a missing quote. */
export function readLine(text: string, from: number, start: number): ReadString {
  let value = '';
  for (let at = from; at < text.length;) {
    const character = text.charAt(at);
    if (character === "'") return { value, end: at + 1, opens: false };
    if (text.startsWith('${', at)) return { value, end: at + 2, opens: true };
    if (character === '\n' || character === '\r') break;
    const read = character === '\\' ? escape(text, at) : { value: character, end: at + 1 };
    value += read.value;
    at = read.end;
  }
  throw new SyntaxFault(start, "A string has no closing quote (') on its line.");
}

function escape(text: string, at: number): { readonly value: string; readonly end: number } {
  const next = text.charAt(at + 1);
  const simple = ESCAPES[next];
  if (simple !== undefined) return { value: simple, end: at + 2 };
  UNICODE.lastIndex = at + 1;
  const [whole, hex = ''] = UNICODE.exec(text) ?? [];
  if (whole !== undefined)
    return { value: String.fromCodePoint(parseInt(hex, 16)), end: at + 1 + whole.length };
  throw new SyntaxFault(
    at,
    `"\\${next}" is no escape of Bicep: use \\\\, \\', \\n, \\r, \\t, \\\${ or \\u{HEX}, or write the string in three quotes.`,
  );
}

/** A string of several lines, without escapes; a newline right behind the opening quotes does not count. */
export function readLines(
  text: string,
  from: number,
  start: number,
  { dollars }: { readonly dollars: number },
  isFirst: boolean,
): ReadString {
  const begin = isFirst ? from + (/^(?:\r\n|\n|\r)/.exec(text.slice(from, from + 2))?.[0].length ?? 0) : from;
  const opening = dollars === 0 ? undefined : `${'$'.repeat(dollars)}{`;
  const opens = opening === undefined ? -1 : text.indexOf(opening, begin);
  const closes = text.indexOf("'''", begin);
  if (opening !== undefined && opens !== -1 && (closes === -1 || opens < closes))
    return { value: text.slice(begin, opens), end: opens + opening.length, opens: true };
  if (closes === -1) throw new SyntaxFault(start, "A string that begins with ''' has no closing '''.");
  // Quotes right before the closing ones belong to the string.
  const extra = /^'*/.exec(text.slice(closes + 3))?.[0].length ?? 0;
  return { value: text.slice(begin, closes + extra), end: closes + 3 + extra, opens: false };
}
