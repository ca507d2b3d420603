// What a value can be: followed through variables, parameters (their defaults, and what modules give them), outputs of
// modules, conditions and the functions that put lists and objects together.
import type { Expression } from '../parse/syntax';
import { bodyOf, memberOf, textOf } from './file';
import type { Model } from './model';

/** A value as it is written somewhere, and the file in which it is. */
export interface Written {
  readonly value: Expression;
  readonly model: Model;
}

const DEEPEST = 24;

/** All that a value can be, as far as that is written. What can't be followed stands as it is. */
export function valuesOf(value: Expression, model: Model, depth = 0): Written[] {
  const again = (one: Expression, where = model): Written[] => valuesOf(one, where, depth + 1);
  const asItIs = [{ value, model }];
  if (depth > DEEPEST) return asItIs;
  switch (value.kind) {
    case 'ternary':
      return [...again(value.whenTrue), ...again(value.whenFalse)];
    case 'binary':
      return value.operator === '??' ? [...again(value.left), ...again(value.right)] : asItIs;
    case 'sure':
      return again(value.base);
    case 'call':
      return value.base === undefined && value.name.text === 'any'
        ? value.args.flatMap((arg) => again(arg))
        : asItIs;
    case 'variable':
      return ofName(value, value.name.text, model, depth);
    case 'property': {
      const found = valuesOf(value.base, model, depth + 1).flatMap((base) =>
        memberValues(base, value.name.text, depth),
      );
      return found.length === 0 ? ofOutput(value, model, depth) : found;
    }
    case 'index': {
      const name = textOf(value.index);
      if (name === undefined) return asItIs;
      const found = again(value.base).flatMap((base) => memberValues(base, name, depth));
      return found.length === 0 ? asItIs : found;
    }
    case 'array':
    case 'boolean':
    case 'for':
    case 'if':
    case 'lambda':
    case 'nested':
    case 'null':
    case 'number':
    case 'object':
    case 'string':
    case 'unary':
      return asItIs;
  }
}

function ofName(value: Expression, name: string, model: Model, depth: number): Written[] {
  const declaration = model.file.declarations.get(name);
  if (declaration?.kind === 'var') return valuesOf(declaration.value, model, depth + 1);
  if (declaration?.kind === 'imported') {
    const found = model.imported(declaration);
    if (found?.declaration?.kind === 'var') return valuesOf(found.declaration.value, found.model, depth + 1);
  }
  if (declaration?.kind !== 'param') return [{ value, model }];
  const given = model.callers().flatMap((caller) => {
    const { object } = bodyOf(caller.module.value);
    const params = memberOf(object, 'params')?.value;
    const arg = params?.kind === 'object' ? memberOf(params, name) : undefined;
    return arg === undefined ? [] : valuesOf(arg.value, caller.model, depth + 1);
  });
  const own = declaration.value === undefined ? [] : valuesOf(declaration.value, model, depth + 1);
  const all = [...given, ...own];
  return all.length === 0 ? [{ value, model }] : all;
}

function memberValues({ value, model }: Written, name: string, depth: number): Written[] {
  if (value.kind !== 'object') return [];
  const member = memberOf(value, name);
  return member === undefined ? [] : valuesOf(member.value, model, depth + 1);
}

/** `module.outputs.name`: what the module's file says of it. */
function ofOutput(value: Expression & { readonly kind: 'property' }, model: Model, depth: number): Written[] {
  const output = outputOf(value, model);
  return output === undefined ? [{ value, model }] : valuesOf(output.value, output.model, depth + 1);
}

/** The output that `module.outputs.name` stands for, with its file. */
function outputOf(value: Expression, model: Model): Written | undefined {
  if (value.kind !== 'property' || value.base.kind !== 'property' || value.base.name.text !== 'outputs')
    return undefined;
  let { base } = value.base;
  while (base.kind === 'index' || base.kind === 'sure') base = base.base;
  const declaration = base.kind === 'variable' ? model.file.declarations.get(base.name.text) : undefined;
  const inner = declaration?.kind === 'module' ? model.moduleModel(declaration) : undefined;
  const output = inner?.file.outputs.find(({ name }) => name.text === value.name.text);
  if (inner === undefined || output === undefined) return undefined;
  return { value: output.value, model: inner };
}

export type Literal = string | number | boolean;

export function literalOf({ value }: Written): Literal | undefined {
  if (value.kind === 'number' || value.kind === 'boolean') return value.value;
  if (value.kind === 'unary' && value.operator === '!' && value.operand.kind === 'boolean')
    return !value.operand.value;
  return textOf(value);
}

/** What stands at a path of members below a value, each time with its place; an empty list: nothing does. */
export function valuesAt(value: Expression, path: readonly string[], model: Model): Written[] {
  const [first, ...rest] = path;
  const values = valuesOf(value, model);
  if (first === undefined) return values;
  return values.flatMap((one) =>
    objectsIn(one).flatMap(({ value: object, model: where }) => {
      const member = object.kind === 'object' ? memberOf(object, first) : undefined;
      return member === undefined ? [] : valuesAt(member.value, rest, where);
    }),
  );
}

/** The objects of which a value is made: itself, or those that `union` or a spread put together. */
export function objectsIn({ value, model }: Written): Written[] {
  if (value.kind === 'object') {
    const spreads = value.members.flatMap((member) =>
      member.kind === 'spread' ? valuesOf(member.value, model).flatMap(objectsIn) : [],
    );
    return [{ value, model }, ...spreads];
  }
  if (value.kind !== 'call' || !['union', 'shallowMerge'].includes(value.name.text)) return [];
  return value.args
    .flatMap((arg) =>
      arg.kind === 'array' ? arg.items.map((item) => (item.kind === 'spread' ? item.value : item)) : [arg],
    )
    .flatMap((arg) => valuesOf(arg, model).flatMap(objectsIn));
}
