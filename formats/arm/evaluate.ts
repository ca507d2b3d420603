// An expression's tree -> its value.
import { isMapping } from '../reader';
import { Arguments } from './arguments';
import type { Budget } from './budget';
import { type Expression, ExpressionError } from './expression';
import { type TemplateFunction, UNSUPPORTED } from './functions';

/** What an expression sees of its template and of the deployment that there is not. */
export interface Scope {
  readonly budget: Budget;
  /** Throw ExpressionError for a name that there is none of. */
  readonly parameter: (name: string) => unknown;
  readonly variable: (name: string) => unknown;
  /** The functions beside `parameters`, `variables` and `if`, by name. */
  readonly functions: ReadonlyMap<string, TemplateFunction>;
  /** `resourceGroup().location`, when it was given beside the template. */
  readonly location: string | undefined;
}

/** Throws ExpressionError. */
export function evaluate(expression: Expression, scope: Scope): unknown {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'call':
      return scope.budget.spend(call(expression.name.toLowerCase(), expression, scope));
    case 'member':
      if (scope.location !== undefined && isResourceGroupLocation(expression)) return scope.location;
      return memberOf(evaluate(expression.of, scope), expression.name);
    case 'index':
      return itemOf(evaluate(expression.of, scope), evaluate(expression.index, scope));
  }
}

function call(name: string, { name: written, args }: Expression & { kind: 'call' }, scope: Scope): unknown {
  if (name === 'if') return chosen(args, scope);
  const given = new Arguments(
    written,
    args.map((argument) => evaluate(argument, scope)),
    scope.budget,
  );
  if (name === 'parameters' || name === 'variables') {
    given.count(1);
    return name === 'parameters' ? scope.parameter(given.text(0)) : scope.variable(given.text(0));
  }
  const known = [...scope.functions.keys()].find((candidate) => candidate.toLowerCase() === name);
  const run = known === undefined ? undefined : scope.functions.get(known);
  if (run !== undefined) return run(given);
  const why = UNSUPPORTED.get(name);
  throw new ExpressionError(
    why === undefined
      ? `calls ${written}(), which is not supported; supported are ${supported(scope)}`
      : `calls ${written}(), which ${why}`,
  );
}

/** Only the branch that counts is evaluated. */
function chosen(args: readonly Expression[], scope: Scope): unknown {
  const [condition, then, otherwise] = args;
  if (condition === undefined || then === undefined || otherwise === undefined || args.length !== 3)
    throw new ExpressionError(`gives if() ${args.length} arguments, it takes 3`);
  const holds = evaluate(condition, scope);
  if (typeof holds !== 'boolean')
    throw new ExpressionError('gives if() a condition that is not true or false');
  return evaluate(holds ? then : otherwise, scope);
}

function memberOf(value: unknown, name: string): unknown {
  if (!isMapping(value)) throw new ExpressionError(`reads .${name} of something that is no object`);
  const key = Object.hasOwn(value, name)
    ? name
    : Object.keys(value).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (key === undefined) throw new ExpressionError(`reads .${name} of an object that has no such field`);
  return value[key];
}

function itemOf(value: unknown, index: unknown): unknown {
  if (typeof index === 'string') return memberOf(value, index);
  if (!Array.isArray(value) || typeof index !== 'number')
    throw new ExpressionError(
      'reads an item of something that is no array, or by something that is no number',
    );
  if (index < 0 || index >= value.length)
    throw new ExpressionError(`reads item ${index} of an array of ${value.length}`);
  const items: readonly unknown[] = value;
  return items[index];
}

function isResourceGroupLocation({ of, name }: Expression & { kind: 'member' }): boolean {
  return of.kind === 'call' && of.name.toLowerCase() === 'resourcegroup' && name.toLowerCase() === 'location';
}

function supported({ functions }: Scope): string {
  return ['parameters', 'variables', 'if', ...functions.keys()].sort().join(', ');
}
