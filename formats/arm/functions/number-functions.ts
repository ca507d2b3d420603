// The template functions on numbers.
import { ExpressionError } from '../expression';
import type { Arguments } from './arguments';
import type { TemplateFunction } from './template-function';

export const NUMBER_FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  greater: (args) => compared(args, (order) => order > 0),
  greaterOrEquals: (args) => compared(args, (order) => order >= 0),
  less: (args) => compared(args, (order) => order < 0),
  lessOrEquals: (args) => compared(args, (order) => order <= 0),
  add: (args) => calculated(args, (a, b) => a + b),
  sub: (args) => calculated(args, (a, b) => a - b),
  mul: (args) => calculated(args, (a, b) => a * b),
  div: (args) => calculated(args, (a, b) => Math.trunc(a / notZero(b))),
  mod: (args) => calculated(args, (a, b) => a % notZero(b)),
  min: (args) => extreme(args, (a, b) => Math.min(a, b)),
  max: (args) => extreme(args, (a, b) => Math.max(a, b)),
  int: (args) => {
    args.count(1);
    if (!args.is(0, 'text')) return args.integer(0);
    const text = args.text(0).trim();
    if (/^[-+]?\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
    throw new ExpressionError('makes a whole number of a text that is none');
  },
  float: (args) => {
    args.count(1);
    if (!args.is(0, 'text')) return args.integer(0);
    const text = args.text(0).trim();
    if (/^[-+]?\d{1,15}(\.\d{1,15})?$/.test(text)) return Number(text);
    throw new ExpressionError('makes a number of a text that is none, such as 1.5');
  },
  range: (args) => {
    args.count(2);
    const [start, count] = [args.integer(0), args.integer(1)];
    if (count < 0 || count > MAX_RANGE)
      throw new ExpressionError(`makes a range of ${count} numbers, at most ${MAX_RANGE} are taken`);
    return Array.from({ length: count }, (_, index) => start + index);
  },
};

/** ARM's own limit. */
const MAX_RANGE = 10_000;

function compared(args: Arguments, holds: (order: number) => boolean): boolean {
  args.count(2);
  if (!args.is(0, 'text')) return holds(args.integer(0) - args.integer(1));
  const [a, b] = [args.text(0), args.text(1)];
  return holds(a < b ? -1 : a > b ? 1 : 0);
}

function calculated(args: Arguments, of: (a: number, b: number) => number): number {
  args.count(2);
  const value = of(args.integer(0), args.integer(1));
  if (Number.isSafeInteger(value)) return value;
  throw new ExpressionError('calculates a number that is too large');
}

function extreme(args: Arguments, of: (a: number, b: number) => number): number {
  args.count(1, Infinity);
  const numbers = (args.is(0, 'list') ? args.list(0) : args.given).map((item) => args.look(item));
  if (!numbers.every((value): value is number => typeof value === 'number') || numbers.length === 0)
    throw new ExpressionError('compares something that is no number');
  return numbers.reduce(of);
}

function notZero(value: number): number {
  if (value !== 0) return value;
  throw new ExpressionError('divides by zero');
}
