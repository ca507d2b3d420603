// The names that hold within a loop or a lambda only, from the innermost outwards.
import type { Name } from '../parse/syntax';
import type { Type } from './type';

export interface Locals {
  readonly names: ReadonlyMap<string, Type>;
  readonly outer: Locals | undefined;
}

export function withLocals(outer: Locals | undefined, names: readonly (readonly [Name, Type])[]): Locals {
  return { names: new Map(names.map(([name, type]) => [name.text, type])), outer };
}

export function localOf(locals: Locals | undefined, name: string): Type | undefined {
  return locals === undefined ? undefined : (locals.names.get(name) ?? localOf(locals.outer, name));
}
