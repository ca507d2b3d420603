// What is asked of a value is there: a property of an object, an output of a module, one of a list by its index.
import { textOf } from '../model/file';
import type { Locals } from '../model/locals';
import type { Model } from '../model/model';
import { type ObjectType, saidOfType, type Type, withoutNull } from '../model/type';
import { walkFile } from '../model/walk';
import { didYouMean } from '../nearest';
import type { Expression, PropertySyntax } from '../parse/syntax';
import type { Report, Rule } from './rule';

export const accesses: Rule = (model, report) => {
  walkFile(model, (expression, locals) => {
    if (expression.kind === 'property') checkProperty(expression, model, locals, report);
    else if (expression.kind === 'index') checkIndex(expression, model, locals, report);
    else if (expression.kind === 'nested') checkNested(expression, model, report);
  });
};

function checkProperty(
  access: PropertySyntax,
  model: Model,
  locals: Locals | undefined,
  report: Report,
): void {
  const type = withoutNull(model.typeOf(access.base, locals));
  const { name } = access;
  if (type.kind === 'object') {
    if (type.properties.has(name.text) || type.others !== undefined || access.safe) return;
    report(name, missing(name.text, type));
  } else if (type.kind === 'array')
    report(name, `"${name.text}" is asked of a list: say of which item, as "[0].${name.text}".`);
  else if (type.kind === 'string' || type.kind === 'int' || type.kind === 'bool')
    report(name, `"${name.text}" is asked of a value of type ${saidOfType(type)}, which has no properties.`);
}

function missing(name: string, type: ObjectType): string {
  if (type.scope !== undefined && type.properties.size === 0)
    return `"${name}" is asked of a ${type.scope} that is only named: nothing of it is read. Declare it as an existing resource.`;
  const known = [...type.properties.keys()];
  const near = didYouMean(name, known);
  const has = near === '' ? ` It has ${known.length === 0 ? 'none' : known.join(', ')}.` : near;
  return `There is no "${name}" in ${type.symbol ?? saidOfType(type)}.${has}`;
}

function checkIndex(
  access: Expression & { readonly kind: 'index' },
  model: Model,
  locals: Locals | undefined,
  report: Report,
): void {
  const type = withoutNull(model.typeOf(access.base, locals));
  const index: Type = model.typeOf(access.index, locals);
  if (type.kind === 'array' && index.kind === 'string')
    report(access.index, `A list is asked by a number, not by ${saidOfType(index)}.`);
  const name = textOf(access.index);
  if (type.kind !== 'object') return;
  if (index.kind === 'int')
    report(access.index, `${type.symbol ?? 'An object'} is no list: it can't be asked by a number.`);
  else if (name !== undefined && !type.properties.has(name) && type.others === undefined && !access.safe)
    report(access.index, missing(name, type));
}

function checkNested(
  access: Expression & { readonly kind: 'nested' },
  { file }: Model,
  report: Report,
): void {
  const nested = file.declarations.get(access.name.text);
  if (nested?.kind !== 'resource' || nested.within === undefined)
    report(access.name, `No resource "${access.name.text}" is declared within another one.`);
}
