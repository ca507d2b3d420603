// The type of each value, as far as it can be told before a deployment. What can't be told is any.
import type { CallSyntax, Expression } from '../parse/syntax';
import { literalType, memberType } from './declared-type';
import { textOf } from './file';
import { methodOf, resultOf, signaturesOf } from './functions';
import { localOf, type Locals, withLocals } from './locals';
import { objectOf, unionOfObjects } from './object-types';
import { ANY, ARRAY, BOOL, INT, itemOf, NULL, STRING, type Type, unionOf, withoutNull } from './type';

export interface NameTypes {
  /** Of a parameter, a variable, a resource or a module of the file. */
  ofName(name: string): Type;
  /** What a function of the file, or an imported one, returns. */
  ofFunction(path: readonly string[]): Type | undefined;
}

export function typeOf(expression: Expression, names: NameTypes, locals?: Locals): Type {
  const of = (one: Expression): Type => typeOf(one, names, locals);
  switch (expression.kind) {
    case 'string': {
      const value = textOf(expression);
      return value === undefined ? STRING : literalType(value);
    }
    case 'number':
    case 'boolean':
      return literalType(expression.value);
    case 'null':
      return NULL;
    case 'object':
      return objectOf(expression, of);
    case 'array': {
      const items = expression.items.map((item) => {
        if (item.kind !== 'spread') return of(item);
        return itemOf(of(item.value)) ?? ANY;
      });
      return { kind: 'array', item: items.length === 0 ? ANY : unionOf(items) };
    }
    case 'for':
      return { kind: 'array', item: typeOf(expression.body, names, loopLocals(expression, of, locals)) };
    case 'if':
      return of(expression.body);
    case 'variable':
      return localOf(locals, expression.name.text) ?? names.ofName(expression.name.text);
    case 'call':
      return callType(expression, names, locals);
    case 'property':
      return propertyType(of(expression.base), expression.name.text, expression.safe);
    case 'index': {
      const base = withoutNull(of(expression.base));
      const name = textOf(expression.index);
      const item = itemOf(base);
      if (item !== undefined) return item;
      return name === undefined ? ANY : propertyType(base, name, expression.safe);
    }
    case 'lambda':
      return { kind: 'lambda', returns: ANY };
    case 'nested':
      return names.ofName(expression.name.text);
    case 'sure':
      return withoutNull(of(expression.base));
    case 'unary':
      return expression.operator === '!' ? BOOL : INT;
    case 'binary':
      if (expression.operator === '??')
        return unionOf([withoutNull(of(expression.left)), of(expression.right)]);
      return ['+', '-', '*', '/', '%'].includes(expression.operator) ? INT : BOOL;
    case 'ternary':
      return unionOf([of(expression.whenTrue), of(expression.whenFalse)]);
  }
}

/** With the item and the index of a loop. */
export function loopLocals(
  loop: Expression & { readonly kind: 'for' },
  of: (expression: Expression) => Type,
  outer: Locals | undefined,
): Locals {
  const item = [loop.item, itemOf(of(loop.list)) ?? ANY] as const;
  return withLocals(outer, loop.index === undefined ? [item] : [item, [loop.index, INT]]);
}

/** With the parameters of a lambda: the first argument of the function that it is given to is what it goes over. */
export function lambdaLocals(
  lambda: Expression & { readonly kind: 'lambda' },
  call: CallSyntax,
  of: (expression: Expression) => Type,
  outer: Locals | undefined,
): Locals {
  const [first] = call.args;
  const list = first === undefined || first === lambda ? ANY : of(first);
  const item = itemOf(list) ?? ANY;
  // Of reduce, the first parameter is what has been made so far.
  const types =
    call.name.text === 'reduce' ? [ANY, item, INT] : call.name.text === 'sort' ? [item, item] : [item, INT];
  return withLocals(
    outer,
    lambda.params.map((param, index) => [param, types[index] ?? ANY]),
  );
}

function propertyType(whole: Type, name: string, safe: boolean): Type {
  const base = withoutNull(whole);
  if (base.kind === 'union') return unionOf(base.members.map((member) => propertyType(member, name, safe)));
  const type = memberType(base, name);
  return safe ? unionOf([type, NULL]) : type;
}

function callType(call: CallSyntax, names: NameTypes, locals: Locals | undefined): Type {
  const name = call.name.text;
  const of = (one: Expression): Type => typeOf(one, names, locals);
  const [first] = call.args;
  const lambda = call.args.find((arg) => arg.kind === 'lambda');
  const ofLambda = (): Type =>
    lambda?.kind === 'lambda' ? typeOf(lambda.body, names, lambdaLocals(lambda, call, of, locals)) : ANY;
  if (call.base !== undefined && call.base.kind !== 'variable') return methodOf(name)?.returns ?? ANY;
  if (call.base?.kind === 'variable' && !isNamespace(call.base.name.text))
    return names.ofFunction([call.base.name.text, name]) ?? methodOf(name)?.returns ?? ANY;
  const own = names.ofFunction([name]);
  if (own !== undefined) return own;
  const whole = first === undefined ? ANY : of(first);
  const item = itemOf(whole);
  const listOr = (other: Type): Type => (item === undefined ? other : { kind: 'array', item });
  const textOr = (other: Type): Type => (whole.kind === 'string' ? STRING : other);
  switch (name) {
    case 'filter':
    case 'sort':
    case 'distinct':
      return listOr(ARRAY);
    case 'take':
    case 'skip':
      return listOr(textOr(ANY));
    case 'first':
    case 'last':
      return item ?? textOr(ANY);
    case 'map':
      return { kind: 'array', item: ofLambda() };
    case 'flatten':
      return item?.kind === 'array' ? item : ARRAY;
    case 'union':
      return unionOfObjects(call.args.map(of));
    case 'intersection':
    case 'reduce':
      return ANY;
    case 'concat':
      return item === undefined
        ? textOr(ANY)
        : { kind: 'array', item: unionOf(call.args.map((arg) => itemOf(of(arg)) ?? ANY)) };
    case 'min':
    case 'max':
      return INT;
    default:
      return resultOf(name, call.args.length) ?? signaturesOf(name)?.[0]?.returns ?? ANY;
  }
}

/** Bicep's own functions may be called with their namespace: `az.resourceGroup()`. */
export const isNamespace = (name: string): boolean => name === 'az' || name === 'sys';
