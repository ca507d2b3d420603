// What a type that is written down stands for, with what the decorators of its declaration add.
import type { CallSyntax, Expression, TypeMember, TypeSyntax } from '../parse/syntax';
import { textOf } from './file';
import {
  ANY,
  ARRAY,
  BOOL,
  INT,
  isNullable,
  NULL,
  OBJECT,
  type Property,
  STRING,
  type Type,
  unionOf,
} from './type';

const BUILT_IN: ReadonlyMap<string, Type> = new Map([
  ['string', STRING],
  ['int', INT],
  ['bool', BOOL],
  ['array', ARRAY],
  ['object', OBJECT],
  ['any', ANY],
  ['null', NULL],
]);

/** What a name that is not built in stands for. */
export interface NamedTypes {
  named(path: readonly string[]): Type;
  ofResource(name: string): Type;
}

export const isBuiltIn = (name: string): boolean => BUILT_IN.has(name);

export function declaredType(
  syntax: TypeSyntax,
  types: NamedTypes,
  decorators: readonly CallSyntax[] = [],
): Type {
  return decorated(plainType(syntax, types), decorators);
}

function plainType(syntax: TypeSyntax, types: NamedTypes): Type {
  switch (syntax.kind) {
    case 'named': {
      const path = syntax.path.map(({ text }) => text);
      const inner = path[0] === 'sys' ? path.slice(1) : path;
      const [only] = inner;
      const builtIn = inner.length === 1 && only !== undefined ? BUILT_IN.get(only) : undefined;
      return builtIn ?? types.named(path);
    }
    case 'literal':
      return literalType(syntax.value);
    case 'list':
      return { kind: 'array', item: plainType(syntax.item, types) };
    case 'optional':
      return unionOf([plainType(syntax.type, types), NULL]);
    case 'union':
      return unionOf(syntax.types.map((type) => plainType(type, types)));
    case 'tuple':
      return { kind: 'array', item: unionOrAny(syntax.items.map((item) => plainType(item, types))) };
    case 'objectType':
      return objectType(syntax.members, types);
    case 'ofResource':
      return syntax.path.reduce(
        (type, { text }) => memberType(type, text),
        types.ofResource(textOf(syntax.resource) ?? ''),
      );
  }
}

const unionOrAny = (types: readonly Type[]): Type => (types.length === 0 ? ANY : unionOf(types));

export function memberType(type: Type, name: string): Type {
  if (type.kind === 'object') return type.properties.get(name)?.type ?? type.others ?? ANY;
  return type.kind === 'array' && name === '*' ? type.item : ANY;
}

export function literalType(value: string | number | boolean | null): Type {
  if (value === null) return NULL;
  if (typeof value === 'string') return { kind: 'string', value };
  return typeof value === 'number' ? { kind: 'int', value } : { kind: 'bool', value };
}

function objectType(members: readonly TypeMember[], types: NamedTypes): Type {
  const properties = new Map<string, Property>();
  let others: Type | undefined;
  for (const { key, type: syntax, decorators } of members) {
    const type = declaredType(syntax, types, decorators);
    if (key === undefined) others = type;
    else properties.set(key, { type, required: !isNullable(type), readOnly: false, knownAtStart: true });
  }
  return { kind: 'object', name: 'object', properties, others };
}

/** The first argument of a decorator of this name. */
export function argumentOf(decorators: readonly CallSyntax[], name: string): Expression | undefined {
  return decorators.find((decorator) => decorator.name.text === name)?.args[0];
}

export const isDecorated = (decorators: readonly CallSyntax[], name: string): boolean =>
  decorators.some((decorator) => decorator.name.text === name);

export function numberOf(expression: Expression | undefined): number | undefined {
  if (expression?.kind === 'number') return expression.value;
  if (expression?.kind !== 'unary' || expression.operator !== '-') return undefined;
  const positive = numberOf(expression.operand);
  return positive === undefined ? undefined : -positive;
}

function decorated(type: Type, decorators: readonly CallSyntax[]): Type {
  const number = (name: string): number | undefined => numberOf(argumentOf(decorators, name));
  const allowed = argumentOf(decorators, 'allowed');
  if (allowed?.kind === 'array' && type.kind !== 'array') {
    const values = allowed.items.flatMap((item) => literalOf(item));
    return values.length === 0 ? type : unionOf([...values, ...(isNullable(type) ? [NULL] : [])]);
  }
  if (type.kind === 'string') {
    const secret = isDecorated(decorators, 'secure');
    return { ...type, min: number('minLength'), max: number('maxLength'), secret };
  }
  if (type.kind === 'array') return { ...type, min: number('minLength'), max: number('maxLength') };
  if (type.kind === 'int') return { ...type, min: number('minValue'), max: number('maxValue') };
  return type;
}

function literalOf(item: Expression | { readonly kind: 'spread' }): Type[] {
  if (item.kind === 'spread') return [];
  const text = textOf(item);
  if (text !== undefined) return [literalType(text)];
  const number = numberOf(item);
  if (number !== undefined) return [literalType(number)];
  return item.kind === 'boolean' ? [literalType(item.value)] : [];
}
