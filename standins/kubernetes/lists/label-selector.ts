// Reads label selectors: `a=b,c!=d,e in (f,g),h,!i`.
import { badRequest } from '../answers/api-fault';

export type Labels = Readonly<Record<string, string>>;

type Token = { readonly kind: 'word' | 'symbol' | 'end'; readonly text: string };

/** Returns what tells whether labels fit. Throws the 400 for what is no selector. */
export function parseLabelSelector(text: string): (labels: Labels) => boolean {
  const tokens = tokensOf(text);
  const fits: ((labels: Labels) => boolean)[] = [];
  let next = 0;
  const peek = (): Token => tokens[next] ?? { kind: 'end', text: '' };
  const take = (): Token => {
    const token = peek();
    next += 1;
    return token;
  };
  if (peek().kind === 'end') return () => true;
  for (;;) {
    fits.push(requirement(peek, take));
    const separator = take();
    if (separator.kind === 'end') break;
    if (separator.text !== ',') throw unexpected(separator, "',' or 'end of string'");
  }
  return (labels) => fits.every((one) => one(labels));
}

function requirement(peek: () => Token, take: () => Token): (labels: Labels) => boolean {
  const absent = peek().text === '!';
  if (absent) take();
  const key = take();
  if (key.kind !== 'word') throw unexpected(key, 'identifier');
  const name = key.text;
  if (absent) return (labels) => !Object.hasOwn(labels, name);
  if (peek().kind === 'end' || peek().text === ',') return (labels) => Object.hasOwn(labels, name);
  const operator = take().text;
  switch (operator) {
    case '=':
    case '==': {
      const value = single(peek, take);
      return (labels) => labels[name] === value;
    }
    case '!=': {
      const value = single(peek, take);
      return (labels) => labels[name] !== value;
    }
    case 'in': {
      const values = several(take);
      return (labels) => values.includes(labels[name] ?? '') && Object.hasOwn(labels, name);
    }
    case 'notin': {
      const values = several(take);
      return (labels) => !Object.hasOwn(labels, name) || !values.includes(labels[name] ?? '');
    }
    default:
      throw unexpected({ kind: 'symbol', text: operator }, 'in, notin, =, ==, !=, gt, lt');
  }
}

/** Nothing before a comma or the end is the empty value. */
function single(peek: () => Token, take: () => Token): string {
  if (peek().kind === 'end' || peek().text === ',') return '';
  const value = take();
  if (value.kind !== 'word') throw unexpected(value, 'identifier');
  return value.text;
}

function several(take: () => Token): readonly string[] {
  const open = take();
  if (open.text !== '(') throw unexpected(open, "'('");
  const values: string[] = [];
  for (;;) {
    const value = take();
    if (value.kind === 'word') values.push(value.text);
    else if (value.text !== ',' && value.text !== ')') throw unexpected(value, "',', ')' or identifier");
    if (value.text === ')') return values;
  }
}

function tokensOf(text: string): Token[] {
  return [...text.matchAll(/\s*(==|!=|[=!(),<>]|[^\s=!(),<>]+)/g)].map(([, token = '']) => ({
    kind: /^[^=!(),<>]/.test(token) ? 'word' : 'symbol',
    text: token,
  }));
}

function unexpected({ text }: Token, expected: string): Error {
  return badRequest(`unable to parse requirement: found '${text}', expected: ${expected}`);
}
