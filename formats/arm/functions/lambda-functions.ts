// The template functions that take a lambda: Bicep writes them for its own map(), filter() and their kind.
import { ExpressionError } from '../expression';
import { objectOf } from '../objects';
import type { Arguments } from './arguments';
import type { Lambda } from './lambda';
import type { TemplateFunction } from './template-function';

export const LAMBDA_FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  map: (args) => {
    const each = over(args, 1, 2);
    return args.list(0).map((item, index) => each.call(item, index));
  },
  filter: (args) => {
    const holds = over(args, 1, 2);
    return args.list(0).filter((item, index) => truthOf(args, holds.call(item, index)));
  },
  reduce: (args) => {
    args.count(3);
    const step = taking(args.lambda(2), 2, 3);
    return args.list(0).reduce((sum, item, index) => step.call(sum, item, index), args.given[1]);
  },
  sort: (args) => {
    const isBefore = over(args, 2, 2);
    return [...args.list(0)].sort((a, b) => {
      if (truthOf(args, isBefore.call(a, b))) return -1;
      return truthOf(args, isBefore.call(b, a)) ? 1 : 0;
    });
  },
  toObject: (args) => {
    args.count(2, 3);
    const nameOf = taking(args.lambda(1), 1, 2);
    const valueOf = args.length === 3 ? taking(args.lambda(2), 1, 2) : undefined;
    return objectOf(
      args
        .list(0)
        .map((item, index) => [textOf(args, nameOf.call(item, index)), valueOf?.call(item, index) ?? item]),
    );
  },
  mapValues: (args) => {
    const each = over(args, 1, 1);
    return objectOf(Object.entries(args.object(0)).map(([name, value]) => [name, each.call(value)]));
  },
  groupBy: (args) => {
    const nameOf = over(args, 1, 2);
    const groups = new Map<string, unknown[]>();
    for (const [index, item] of args.list(0).entries()) {
      const name = textOf(args, nameOf.call(item, index));
      groups.set(name, [...(groups.get(name) ?? []), item]);
    }
    return objectOf(groups);
  },
};

/** The lambda of a function that takes a collection and one of these. */
function over(args: Arguments, least: number, most: number): Lambda {
  args.count(2);
  return taking(args.lambda(1), least, most);
}

function taking(lambda: Lambda, least: number, most: number): Lambda {
  if (lambda.takes >= least && lambda.takes <= most) return lambda;
  throw new ExpressionError(`has a lambda of ${lambda.takes} variables where ${least} to ${most} are given`);
}

function truthOf(args: Arguments, value: unknown): boolean {
  const truth = args.look(value);
  if (typeof truth === 'boolean') return truth;
  throw new ExpressionError('has a lambda that gives neither true nor false');
}

function textOf(args: Arguments, value: unknown): string {
  const text = args.look(value);
  if (typeof text === 'string') return text;
  throw new ExpressionError('has a lambda that gives no text for a name');
}
