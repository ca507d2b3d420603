// An expression's tree -> its value, whose scalars bear their marks.
import type { Budget } from './budget';
import { type Expression, ExpressionError } from './expression';
import { Arguments } from './functions/arguments';
import { unsupported } from './functions/functions';
import { Lambda } from './functions/lambda';
import type { NamedFunction } from './functions/template-function';
import { isObject, Marked, marked, NO_MARKS, scalarOf } from './marks';
import { keyOf } from './objects';

/** What an expression sees of its template, and of the deployment that does not exist here. */
export interface Scope {
  readonly budget: Budget;
  /** Throw ExpressionError for an unknown name. */
  readonly parameter: (name: string) => unknown;
  readonly variable: (name: string) => unknown;
  /** By their names in lower case. */
  readonly functions: ReadonlyMap<string, NamedFunction>;
}

/** What an expression sees of the lambdas and copies that stand around it. */
export interface Locals {
  /** Of lambdas, by name in lower case. */
  readonly variables: ReadonlyMap<string, unknown>;
  /** Which copy this is, from 0, by the copy's name in lower case. The empty name is the copy of the resource. */
  readonly copies: ReadonlyMap<string, number>;
}

export const NO_LOCALS: Locals = { variables: new Map(), copies: new Map() };

export function withCopy({ variables, copies }: Locals, names: readonly string[], index: number): Locals {
  return {
    variables,
    copies: new Map([...copies, ...names.map((name) => [name.toLowerCase(), index] as const)]),
  };
}

/** Throws ExpressionError. */
export function evaluate(expression: Expression, scope: Scope, locals: Locals): unknown {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'call':
      return call(expression, scope, locals);
    case 'member':
      return memberOf(evaluate(expression.of, scope, locals), expression.name);
    case 'index':
      return itemOf(evaluate(expression.of, scope, locals), evaluate(expression.index, scope, locals));
  }
}

type Call = Expression & { readonly kind: 'call' };

function call({ name, args }: Call, scope: Scope, locals: Locals): unknown {
  const key = name.toLowerCase();
  if (key === 'if') return chosen(args, scope, locals);
  if (key === 'lambda') return lambda(args, scope, locals);
  const given = new Arguments(
    name,
    args.map((argument) => evaluate(argument, scope, locals)),
    scope.budget,
  );
  try {
    return called(key, given, scope, locals);
  } catch (error) {
    // What is wrong with a secure value is told without it.
    if (!(error instanceof ExpressionError) || given.seen.secrets.size === 0) throw error;
    throw new ExpressionError(`gives ${name}() a secure value that it can't take`);
  }
}

function called(key: string, given: Arguments, scope: Scope, locals: Locals): unknown {
  switch (key) {
    case 'parameters':
      given.count(1);
      return scope.parameter(given.text(0));
    case 'variables':
      given.count(1);
      return scope.variable(given.text(0));
    case 'lambdavariables':
      given.count(1);
      return lambdaVariable(given.text(0), locals);
    case 'copyindex':
      return copyIndex(given, locals);
    default: {
      const known = scope.functions.get(key);
      if (known === undefined) throw unsupported(given.name, namesOf(scope));
      return scope.budget.spend(marked(known.run(given), given.seen));
    }
  }
}

/** Only the branch that counts is evaluated. Where a stand-in chose it, all of it rests on that. */
function chosen(args: readonly Expression[], scope: Scope, locals: Locals): unknown {
  const [condition, then, otherwise] = args;
  if (condition === undefined || then === undefined || otherwise === undefined || args.length !== 3)
    throw new ExpressionError(`gives if() ${args.length} arguments, it takes 3`);
  const holds = evaluate(condition, scope, locals);
  const truth = scalarOf(holds);
  if (typeof truth !== 'boolean')
    throw new ExpressionError('gives if() a condition that is not true or false');
  return marked(
    evaluate(truth ? then : otherwise, scope, locals),
    holds instanceof Marked ? holds.marks : NO_MARKS,
  );
}

/** `lambda('x', …)`: names, and what to make of their values. */
function lambda(args: readonly Expression[], scope: Scope, locals: Locals): Lambda {
  const body = args.at(-1);
  const names = args.slice(0, -1).map((argument) => {
    if (argument.kind === 'literal' && typeof argument.value === 'string')
      return argument.value.toLowerCase();
    throw new ExpressionError('has a lambda() whose variables are not named by texts');
  });
  if (body === undefined) throw new ExpressionError('has a lambda() with nothing to evaluate');
  return new Lambda(names.length, (values) => {
    const own = names.map((name, index) => [name, values[index]] as const);
    return evaluate(body, scope, { ...locals, variables: new Map([...locals.variables, ...own]) });
  });
}

function lambdaVariable(name: string, { variables }: Locals): unknown {
  const key = name.toLowerCase();
  if (variables.has(key)) return variables.get(key);
  throw new ExpressionError(`uses the lambda variable ${name.slice(0, 100)}, which no lambda around it has`);
}

/** `copyIndex()`, `copyIndex(offset)`, `copyIndex(name)`, `copyIndex(name, offset)`. */
function copyIndex(given: Arguments, { copies }: Locals): number {
  given.count(0, 2);
  const isNamed = given.is(0, 'text');
  const name = isNamed ? given.text(0) : '';
  const index = copies.get(name.toLowerCase());
  if (index === undefined)
    throw new ExpressionError(
      isNamed
        ? `calls copyIndex() of the copy ${name.slice(0, 100)}, which does not stand around it`
        : 'calls copyIndex() without a name where no copy of a resource stands around it',
    );
  const offset = given.length > (isNamed ? 1 : 0) ? given.integer(isNamed ? 1 : 0) : 0;
  return index + offset;
}

function memberOf(value: unknown, name: string): unknown {
  if (!isObject(value)) throw new ExpressionError(`reads .${name} of something that is no object`);
  const key = keyOf(value, name);
  if (key === undefined) throw new ExpressionError(`reads .${name} of an object that has no such field`);
  return value[key];
}

function itemOf(value: unknown, at: unknown): unknown {
  const index = scalarOf(at);
  const marks = at instanceof Marked ? at.marks : NO_MARKS;
  if (marks.secrets.size > 0) throw new ExpressionError('reads an item of a value by a secure value');
  if (typeof index === 'string') return marked(memberOf(value, index), marks);
  if (!Array.isArray(value) || typeof index !== 'number')
    throw new ExpressionError(
      'reads an item of something that is no array, or by something that is no number',
    );
  if (!(index >= 0 && index < value.length))
    throw new ExpressionError(`reads item ${index} of an array of ${value.length}`);
  const items: readonly unknown[] = value;
  return marked(items[index], marks);
}

function namesOf({ functions }: Scope): string {
  const own = ['parameters', 'variables', 'if', 'copyIndex', 'lambda', 'lambdaVariables'];
  return [...own, ...[...functions.values()].map(({ name }) => name)].sort().join(', ');
}
