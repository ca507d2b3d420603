// Reads a query: `Table | where … | project … | order by … | take …`.
import { QueryFault, type Token, tokensOf } from './tokens';

export type Literal = string | number;

export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | {
      readonly kind: 'compare';
      readonly column: string;
      readonly operator: string;
      readonly to: readonly Literal[];
    };

export type Step =
  | { readonly kind: 'where'; readonly condition: Condition }
  | { readonly kind: 'project'; readonly columns: readonly Projected[] }
  | { readonly kind: 'distinct'; readonly columns: readonly string[] }
  | {
      readonly kind: 'order';
      readonly by: readonly { readonly column: string; readonly ascending: boolean }[];
    }
  | { readonly kind: 'take'; readonly count: number }
  | { readonly kind: 'count' };

/** `name`, `name = column` or `name = tostring(column)`. */
export interface Projected {
  readonly name: string;
  readonly column: string;
  readonly isText: boolean;
}

export interface Query {
  readonly table: string;
  readonly steps: readonly Step[];
}

const OPERATORS = [
  ...['==', '!=', '=~', '!~', '<', '<=', '>', '>='],
  ...['in', 'in~', '!in', 'contains', 'has', 'startswith', 'endswith', '!startswith', '!contains'],
];

/** `now`: what `now()` and `ago(…)` mean. Throws a QueryFault. */
export function readQuery(text: string, now: number): Query {
  const reader = createReader(tokensOf(text), now);
  const table = reader.word();
  const steps: Step[] = [];
  while (reader.takeSign('|')) steps.push(readStep(reader));
  reader.end();
  return { table, steps };
}

type Reader = ReturnType<typeof createReader>;

function readStep(reader: Reader): Step {
  const operator = reader.word();
  switch (operator) {
    case 'where':
      return { kind: 'where', condition: readAny(reader) };
    case 'project':
      return { kind: operator, columns: reader.list(() => readProjected(reader)) };
    case 'distinct':
      return { kind: operator, columns: reader.list(() => reader.word()) };
    case 'order':
    case 'sort':
      reader.expectWord('by');
      return { kind: 'order', by: reader.list(() => readSortKey(reader)) };
    case 'take':
    case 'limit':
      return { kind: 'take', count: reader.count() };
    case 'count':
      return { kind: 'count' };
    default:
      throw new QueryFault(
        `The operator '${operator}' is not emulated; where, project, distinct, order by, take and count are.`,
      );
  }
}

function readProjected(reader: Reader): Projected {
  const name = reader.word();
  if (!reader.takeSign('=')) return { name, column: name, isText: false };
  const isText = reader.takeWord('tostring');
  if (isText) reader.expectSign('(');
  const column = reader.word();
  if (isText) reader.expectSign(')');
  return { name, column, isText };
}

/** Descending unless it says otherwise, as in Kusto. */
function readSortKey(reader: Reader): { column: string; ascending: boolean } {
  const column = reader.word();
  if (reader.takeWord('asc')) return { column, ascending: true };
  reader.takeWord('desc');
  return { column, ascending: false };
}

function readAny(reader: Reader): Condition {
  const of = [readAll(reader)];
  while (reader.takeWord('or')) of.push(readAll(reader));
  const [only] = of;
  return of.length === 1 && only ? only : { kind: 'any', of };
}

function readAll(reader: Reader): Condition {
  const of = [readOne(reader)];
  while (reader.takeWord('and')) of.push(readOne(reader));
  const [only] = of;
  return of.length === 1 && only ? only : { kind: 'all', of };
}

function readOne(reader: Reader): Condition {
  if (reader.takeSign('(')) {
    const inner = readAny(reader);
    reader.expectSign(')');
    return inner;
  }
  const column = reader.word();
  const operator = reader.anyOf(OPERATORS);
  if (!operator.replace('!', '').startsWith('in'))
    return { kind: 'compare', column, operator, to: [reader.literal()] };
  reader.expectSign('(');
  const to = reader.list(() => reader.literal());
  reader.expectSign(')');
  return { kind: 'compare', column, operator, to };
}

function createReader(tokens: readonly Token[], now: number) {
  let at = 0;
  const wrong = (expected: string): QueryFault => {
    const found = tokens[at];
    const shown = found === undefined ? 'the end' : `'${'text' in found ? found.text : found.value}'`;
    return new QueryFault(`Expected ${expected}, found ${shown}`);
  };
  const take = (kind: 'word' | 'sign', text: string): boolean => {
    const next = tokens[at];
    if (next?.kind !== kind || next.text !== text) return false;
    at += 1;
    return true;
  };
  const expect = (kind: 'word' | 'sign', text: string): void => {
    if (!take(kind, text)) throw wrong(`'${text}'`);
  };
  const word = (): string => {
    const next = tokens[at];
    if (next?.kind !== 'word') throw wrong('a name');
    at += 1;
    return next.text;
  };
  const anyOf = (texts: readonly string[]): string => {
    const next = tokens[at];
    if (next === undefined || !('text' in next) || next.kind === 'text' || !texts.includes(next.text))
      throw wrong(`one of ${texts.join(' ')}`);
    at += 1;
    return next.text;
  };
  const literal = (): Literal => {
    const next = tokens[at];
    if (next === undefined || next.kind === 'sign') throw wrong('a value');
    at += 1;
    if (next.kind === 'number') return next.value;
    if (next.kind === 'text') return next.text;
    return called(next.text);
  };
  const count = (): number => {
    const next = tokens[at];
    if (next?.kind !== 'number' || !Number.isInteger(next.value)) throw wrong('a number of rows');
    at += 1;
    return next.value;
  };
  const called = (name: string): Literal => {
    if (!['datetime', 'ago', 'now', 'todatetime'].includes(name))
      throw new QueryFault(`'${name}' is not emulated`);
    expect('sign', '(');
    const value = name === 'now' ? '' : argument();
    expect('sign', ')');
    if (name === 'now') return new Date(now).toISOString();
    if (name === 'ago') return new Date(now - spanMs(value)).toISOString();
    return value;
  };
  const argument = (): string => {
    const next = tokens[at];
    if (next === undefined || next.kind === 'sign') throw wrong('a time');
    at += 1;
    return next.kind === 'number' ? String(next.value) : next.text;
  };
  return {
    word,
    literal,
    count,
    anyOf,
    takeWord: (text: string) => take('word', text),
    takeSign: (text: string) => take('sign', text),
    expectWord: (text: string) => expect('word', text),
    expectSign: (text: string) => expect('sign', text),
    list: <T>(item: () => T): T[] => {
      const items = [item()];
      while (take('sign', ',')) items.push(item());
      return items;
    },
    end: () => {
      if (at < tokens.length) throw wrong("'|' or the end");
    },
  };
}

const UNITS_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of a timespan such as `30m`. */
function spanMs(text: string): number {
  const [, count = '', unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
  const ms = Object.entries(UNITS_MS).find(([name]) => name === unit)?.[1];
  if (ms === undefined) throw new QueryFault(`'${text}' is no timespan such as 30m`);
  return Number(count) * ms;
}
