// The template functions on truth, numbers, arrays and objects.
import { isDeepStrictEqual } from 'node:util';

import { readJsonSource } from '../json-source';
import { Lines } from '../lines';
import { isMapping } from '../reader';
import type { Arguments } from './arguments';
import { ExpressionError } from './expression';
import type { TemplateFunction } from './functions';

export const VALUE_FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  true: (args) => nothing(args, true),
  false: (args) => nothing(args, false),
  null: (args) => nothing(args, null),
  not: (args) => {
    args.count(1);
    return !args.boolean(0);
  },
  and: (args) => {
    args.count(2, Infinity);
    return args.all.every((_, index) => args.boolean(index));
  },
  or: (args) => {
    args.count(2, Infinity);
    return args.all.some((_, index) => args.boolean(index));
  },
  equals: (args) => {
    args.count(2);
    return isDeepStrictEqual(args.all[0], args.all[1]);
  },
  greater: (args) => compared(args, (order) => order > 0),
  greaterOrEquals: (args) => compared(args, (order) => order >= 0),
  less: (args) => compared(args, (order) => order < 0),
  lessOrEquals: (args) => compared(args, (order) => order <= 0),
  coalesce: (args) => {
    args.count(1, Infinity);
    return args.all.find((value) => value !== null) ?? null;
  },
  add: (args) => calculated(args, (a, b) => a + b),
  sub: (args) => calculated(args, (a, b) => a - b),
  mul: (args) => calculated(args, (a, b) => a * b),
  div: (args) => calculated(args, (a, b) => Math.trunc(a / notZero(b))),
  mod: (args) => calculated(args, (a, b) => a % notZero(b)),
  min: (args) => extreme(args, (a, b) => Math.min(a, b)),
  max: (args) => extreme(args, (a, b) => Math.max(a, b)),
  int: (args) => {
    args.count(1);
    const value = typeof args.all[0] === 'string' ? Number(args.all[0].trim() || 'x') : args.integer(0);
    if (Number.isSafeInteger(value)) return value;
    throw new ExpressionError('makes a whole number of a text that is none');
  },
  bool: (args) => {
    args.count(1);
    const [value] = args.all;
    if (typeof value === 'boolean') return value;
    if (typeof value === 'number') return value !== 0;
    const text = args.text(0).toLowerCase();
    if (text === 'true' || text === '1') return true;
    if (text === 'false' || text === '0') return false;
    throw new ExpressionError('makes true or false of a text that is neither');
  },
  string: (args) => {
    args.count(1);
    const [value] = args.all;
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : args.words(0);
  },
  json: (args) => {
    args.count(1);
    const text = args.text(0);
    const read = readJsonSource(text, new Lines(text));
    if (read.kind === 'json') return read.root.value;
    const { where, message } = read.problem;
    throw new ExpressionError(
      `calls json() with a text that is no JSON: what stands at its character ${where.column ?? 1} ${message}`,
    );
  },
  createArray: (args) => args.all,
  array: (args) => {
    args.count(1);
    return Array.isArray(args.all[0]) ? args.list(0) : [args.all[0]];
  },
  createObject: (args) => {
    if (args.length % 2 !== 0) throw new ExpressionError('gives createObject() a name without a value');
    const members = args.all.flatMap((_, index) =>
      index % 2 === 0 ? [[args.text(index), args.all[index + 1]] as const] : [],
    );
    if (members.some(([name]) => name === '__proto__'))
      throw new ExpressionError('names a field __proto__, which none may be named');
    return Object.fromEntries(members);
  },
  length: (args) => {
    args.count(1);
    return sizeOf(args);
  },
  empty: (args) => {
    args.count(1);
    return args.all[0] === null || sizeOf(args) === 0;
  },
  contains: (args) => {
    args.count(2);
    const [container] = args.all;
    if (isMapping(container)) return Object.keys(container).includes(args.text(1));
    if (Array.isArray(container)) return args.list(0).some((item) => isDeepStrictEqual(item, args.all[1]));
    return args.text(0).includes(args.words(1));
  },
  first: (args) => {
    args.count(1);
    return typeof args.all[0] === 'string' ? args.text(0).slice(0, 1) : (args.list(0)[0] ?? null);
  },
  last: (args) => {
    args.count(1);
    return typeof args.all[0] === 'string' ? args.text(0).slice(-1) : (args.list(0).at(-1) ?? null);
  },
  take: (args) => {
    args.count(2);
    const count = Math.max(0, args.integer(1));
    return typeof args.all[0] === 'string' ? args.text(0).slice(0, count) : args.list(0).slice(0, count);
  },
  skip: (args) => {
    args.count(2);
    const count = Math.max(0, args.integer(1));
    return typeof args.all[0] === 'string' ? args.text(0).slice(count) : args.list(0).slice(count);
  },
};

function nothing(args: Arguments, value: boolean | null): boolean | null {
  args.count(0);
  return value;
}

function compared(args: Arguments, holds: (order: number) => boolean): boolean {
  args.count(2);
  if (typeof args.all[0] === 'number') return holds(args.integer(0) - args.integer(1));
  const [a, b] = [args.text(0), args.text(1)];
  return holds(a < b ? -1 : a > b ? 1 : 0);
}

function calculated(args: Arguments, of: (a: number, b: number) => number): number {
  args.count(2);
  return safe(of(args.integer(0), args.integer(1)));
}

function extreme(args: Arguments, of: (a: number, b: number) => number): number {
  args.count(1, Infinity);
  const numbers = Array.isArray(args.all[0]) ? args.list(0) : args.all;
  if (!numbers.every((value): value is number => typeof value === 'number') || numbers.length === 0)
    throw new ExpressionError('compares something that is no number');
  return numbers.reduce(of);
}

function safe(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new ExpressionError('calculates a number that is too large');
}

function notZero(value: number): number {
  if (value !== 0) return value;
  throw new ExpressionError('divides by zero');
}

function sizeOf(args: Arguments): number {
  const [value] = args.all;
  if (isMapping(value)) return Object.keys(value).length;
  return typeof value === 'string' ? value.length : args.list(0).length;
}
