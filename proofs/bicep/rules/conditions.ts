// What may not be there is asked only where it is: what a resource or a module with a condition tells once deployed.
import { bodyOf } from '../model/file';
import type { Locals } from '../model/locals';
import type { Model } from '../model/model';
import { localsAround, partsOf } from '../model/walk';
import type { Expression } from '../parse/syntax';
import type { Report, Rule } from './rule';
import { symbolOf } from './start-values';

export const conditions: Rule = (model, report) => {
  for (const resource of model.file.resources)
    checkDeployed(resource.syntax.value, model, localsAround(model, resource), report);
  for (const module of model.file.modules) checkDeployed(module.value, model, undefined, report);
  for (const statement of model.file.statements)
    if (statement.kind === 'output' || statement.kind === 'var')
      follow(statement.value, [], model, undefined, report);
};

function checkDeployed(value: Expression, model: Model, locals: Locals | undefined, report: Report): void {
  follow(value, [], model, locals, report);
}

/** `held`: conditions that are true where the value stands, as text. */
function follow(
  value: Expression,
  held: readonly string[],
  model: Model,
  locals: Locals | undefined,
  report: Report,
): void {
  const again = (one: Expression, also: readonly string[] = []): void =>
    follow(one, [...held, ...also], model, locals, report);
  const said = (one: Expression): string[] => conjunctsOf(one).map((part) => saidIn(part, model));
  if (value.kind === 'ternary') {
    again(value.condition);
    again(value.whenTrue, said(value.condition));
    again(value.whenFalse, [negation(saidIn(value.condition, model))]);
    return;
  }
  if (value.kind === 'if') {
    again(value.condition);
    again(value.body, said(value.condition));
    return;
  }
  if (value.kind === 'property' && !value.safe) refuse(value, held, model, locals, report);
  for (const part of partsOf(value)) again(part);
}

function conjunctsOf(condition: Expression): Expression[] {
  return condition.kind === 'binary' && condition.operator === '&&'
    ? [condition, ...conjunctsOf(condition.left), ...conjunctsOf(condition.right)]
    : [condition];
}

function saidIn({ start, end }: Expression, { file }: Model): string {
  return file.text.slice(start, end).replace(/\s+/g, '').replace(/^!!/, '');
}

const negation = (condition: string): string =>
  condition.startsWith('!') ? condition.slice(1) : `!${condition}`;

function refuse(
  access: Expression & { readonly kind: 'property' },
  held: readonly string[],
  model: Model,
  locals: Locals | undefined,
  report: Report,
): void {
  if (access.base.kind === 'sure') return;
  const symbol = symbolOf(access.base, model, locals);
  const declaration = symbol === undefined ? undefined : model.file.declarations.get(symbol);
  if (declaration?.kind !== 'resource' && declaration?.kind !== 'module') return;
  // Names and ids are told without a look at what is deployed.
  if (['id', 'name', 'type', 'apiVersion'].includes(access.name.text)) return;
  const value = declaration.kind === 'resource' ? declaration.syntax.value : declaration.value;
  const missing = bodyOf(value)
    .conditions.flatMap(conjunctsOfAll)
    .find((one) => !held.includes(saidIn(one, model)));
  if (missing === undefined) return;
  report(
    access.name,
    `"${declaration.name.text}" is deployed only if ${saidIn(missing, model)}: ask for "${access.name.text}" where that holds (a condition of the same text, or ".?${access.name.text}").`,
  );
}

/** The parts that must all hold. */
function conjunctsOfAll(condition: Expression): Expression[] {
  return condition.kind === 'binary' && condition.operator === '&&'
    ? [...conjunctsOfAll(condition.left), ...conjunctsOfAll(condition.right)]
    : [condition];
}
