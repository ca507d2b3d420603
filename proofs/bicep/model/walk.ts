// Goes through all values of a file, each with the names that hold there.
import type { CallSyntax, Expression, Statement } from '../parse/syntax';
import { type DeclaredResource } from './file';
import { lambdaLocals, loopLocals } from './infer';
import { type Locals, withLocals } from './locals';
import type { Model } from './model';

export type Visit = (expression: Expression, locals: Locals | undefined) => void;

/** Each value of the file, the parts of a value after it. */
export function walkFile(model: Model, visit: Visit): void {
  for (const { value, locals } of rootsOf(model)) walk(model, value, locals, visit);
}

interface Root {
  readonly value: Expression;
  readonly locals: Locals | undefined;
}

function rootsOf(model: Model): Root[] {
  const resources = model.file.resources.flatMap((resource) => [
    { value: resource.syntax.value, locals: localsAround(model, resource) },
    { value: resource.syntax.type, locals: undefined },
  ]);
  return [...resources, ...model.file.statements.flatMap((statement) => rootsOfStatement(model, statement))];
}

function rootsOfStatement(model: Model, statement: Statement): Root[] {
  const plain = (value: Expression | undefined): Root[] =>
    value === undefined ? [] : [{ value, locals: undefined }];
  switch (statement.kind) {
    case 'param':
    case 'var':
    case 'output':
    case 'metadata':
    case 'assert':
    case 'targetScope':
    case 'module':
      return plain(statement.value);
    case 'func': {
      const params = statement.params.map(({ name, type }) => [name, model.writtenType(type)] as const);
      return [{ value: statement.body, locals: withLocals(undefined, params) }];
    }
    case 'resource':
    case 'type':
    case 'import':
    case 'using':
      return [];
  }
}

/** Those of the loops of the resources in whose bodies this one stands. */
export function localsAround(model: Model, { within }: DeclaredResource): Locals | undefined {
  if (within === undefined) return undefined;
  const outer = localsAround(model, within);
  const { value } = within.syntax;
  return value.kind === 'for' ? loopLocals(value, (one) => model.typeOf(one, outer), outer) : outer;
}

function walk(
  model: Model,
  expression: Expression,
  locals: Locals | undefined,
  visit: Visit,
  call?: CallSyntax,
): void {
  visit(expression, locals);
  const of = (one: Expression): ReturnType<Model['typeOf']> => model.typeOf(one, locals);
  const inner = innerLocals(expression, call, of, locals);
  for (const part of partsOf(expression)) {
    const isOutside = expression.kind === 'for' && part === expression.list;
    walk(model, part, isOutside ? locals : inner, visit, expression.kind === 'call' ? expression : undefined);
  }
}

function innerLocals(
  expression: Expression,
  call: CallSyntax | undefined,
  of: (expression: Expression) => ReturnType<Model['typeOf']>,
  locals: Locals | undefined,
): Locals | undefined {
  if (expression.kind === 'for') return loopLocals(expression, of, locals);
  if (expression.kind !== 'lambda') return locals;
  if (call === undefined)
    return withLocals(
      locals,
      expression.params.map((param) => [param, { kind: 'any' }]),
    );
  return lambdaLocals(expression, call, of, locals);
}

/** The values that a value is made of. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'string':
      return expression.values;
    case 'object':
      return expression.members.flatMap((member) =>
        member.kind === 'member' && 'kind' in member.key ? [member.key, member.value] : [member.value],
      );
    case 'array':
      return expression.items.map((item) => (item.kind === 'spread' ? item.value : item));
    case 'for':
      return [expression.list, expression.body];
    case 'if':
      return [expression.condition, expression.body];
    case 'call':
      return expression.base === undefined ? expression.args : [expression.base, ...expression.args];
    case 'property':
    case 'nested':
    case 'sure':
      return [expression.base];
    case 'index':
      return [expression.base, expression.index];
    case 'lambda':
      return [expression.body];
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'ternary':
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case 'number':
    case 'boolean':
    case 'null':
    case 'variable':
      return [];
  }
}
