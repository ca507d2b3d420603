// The template functions on truth, and those that make one kind of value of another.
import { isDeepStrictEqual } from 'node:util';

import { readJsonSource } from '../../source/json-source';
import { Lines } from '../../source/lines';
import { ExpressionError } from '../expression';
import type { Arguments } from './arguments';
import type { TemplateFunction } from './template-function';

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
    return args.given.map((_, index) => args.boolean(index)).every(Boolean);
  },
  or: (args) => {
    args.count(2, Infinity);
    return args.given.map((_, index) => args.boolean(index)).some(Boolean);
  },
  equals: (args) => {
    args.count(2);
    return isDeepStrictEqual(args.value(0), args.value(1));
  },
  coalesce: (args) => {
    args.count(1, Infinity);
    return args.given.find((value) => value !== null) ?? null;
  },
  bool: (args) => {
    args.count(1);
    const value = args.value(0);
    if (typeof value === 'boolean') return value;
    if (typeof value === 'number') return value !== 0;
    const text = args.text(0).toLowerCase();
    if (text === 'true' || text === '1') return true;
    if (text === 'false' || text === '0') return false;
    throw new ExpressionError('makes true or false of a text that is neither');
  },
  string: (args) => {
    args.count(1);
    return args.is(0, 'list') || args.is(0, 'object') ? JSON.stringify(args.value(0)) : args.words(0);
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
  fail: (args) => {
    args.count(1);
    throw new ExpressionError(`ends the deployment by fail(): ${args.text(0).slice(0, 500)}`);
  },
};

function nothing(args: Arguments, value: boolean | null): boolean | null {
  args.count(0);
  return value;
}
