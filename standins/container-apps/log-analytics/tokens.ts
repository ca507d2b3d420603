// The words of a query in the part of Kusto's language that this stand-in reads.

export type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'sign'; readonly text: string };

/**
 * A query that can't be read: it is none, or it asks for what the stand-in has not. Answered so that no client takes it
 * for an empty result.
 */
export class QueryFault extends Error {
  override readonly name = 'QueryFault';
}

const PATTERNS: readonly (readonly [kind: Token['kind'] | 'space', pattern: RegExp])[] = [
  ['space', /(?:\s|\/\/[^\n]*)+/y],
  ['text', /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|@"(?:[^"]|"")*"|@'(?:[^']|'')*'/y],
  ['number', /\d+(?:\.\d+)?(?![\w-])/y],
  // `in~`, `!in`, `!startswith` and their like are words of their own; a date inside datetime(…) is one, too.
  ['word', /!?[A-Za-z_][\w]*~?|\d{4}-\d\d-\d\d(?:[T ][\d:.]+Z?)?|\d+(?:\.\d+)?(?:ms|d|h|m|s)\b/y],
  ['sign', /==|!=|=~|!~|<=|>=|[|(),<>=*]/y],
];

/** Throws a QueryFault that names the place. */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < query.length;) {
    const next = match(query, at);
    if (!next)
      throw new QueryFault(`A recognition error occurred at position ${at}: '${query.slice(at, at + 20)}'`);
    at += next.length;
    if (next.token) tokens.push(next.token);
  }
  return tokens;
}

function match(query: string, at: number): { length: number; token?: Token } | undefined {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(query)?.[0];
    if (found === undefined || found === '') continue;
    const { length } = found;
    switch (kind) {
      case 'space':
        return { length };
      case 'text':
        return { length, token: { kind, text: unquoted(found) } };
      case 'number':
        return { length, token: { kind, value: Number(found) } };
      case 'word':
      case 'sign':
        return { length, token: { kind, text: found } };
    }
  }
  return undefined;
}

const ESCAPES = new Map(Object.entries({ n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' }));

function unquoted(literal: string): string {
  if (literal.startsWith('@')) {
    const quote = literal.slice(1, 2);
    return literal.slice(2, -1).replaceAll(quote + quote, quote);
  }
  return literal.slice(1, -1).replaceAll(/\\(.)/g, (escape, character: string) => {
    const meant = ESCAPES.get(character);
    if (meant === undefined) throw new QueryFault(`The escape '${escape}' in ${literal} is not emulated`);
    return meant;
  });
}
