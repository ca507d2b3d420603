// What must be known before anything is deployed does not wait for something that is: the name of a resource, its
// scope, its condition, the list that a loop goes over.
import { bodyOf, memberOf } from '../model/file';
import { loopLocals } from '../model/infer';
import { localOf, type Locals } from '../model/locals';
import type { Model } from '../model/model';
import { localsAround, partsOf } from '../model/walk';
import type { Expression } from '../parse/syntax';
import type { Report, Rule } from './rule';

export const startValues: Rule = (model, report) => {
  for (const resource of model.file.resources)
    checkBody(
      resource.syntax.value,
      `the resource "${resource.name.text}"`,
      ['name', 'scope', 'parent'],
      model,
      localsAround(model, resource),
      report,
    );
  for (const module of model.file.modules)
    checkBody(module.value, `the module "${module.name.text}"`, ['name', 'scope'], model, undefined, report);
  for (const statement of model.file.statements)
    if (statement.kind === 'var' && statement.value.kind === 'for')
      checkOne(
        statement.value.list,
        `the list that "${statement.name.text}" is made of`,
        model,
        undefined,
        report,
      );
};

function checkBody(
  value: Expression,
  what: string,
  members: readonly string[],
  model: Model,
  locals: Locals | undefined,
  report: Report,
): void {
  const { object, loop, conditions } = bodyOf(value);
  if (loop !== undefined) checkOne(loop.list, `the list that ${what} is repeated for`, model, locals, report);
  const inner = loop === undefined ? locals : loopLocals(loop, (one) => model.typeOf(one, locals), locals);
  for (const condition of conditions) checkOne(condition, `the condition of ${what}`, model, inner, report);
  for (const name of members) {
    const member = memberOf(object, name);
    if (member !== undefined) checkOne(member.value, `the ${name} of ${what}`, model, inner, report);
  }
}

function checkOne(
  value: Expression,
  what: string,
  model: Model,
  locals: Locals | undefined,
  report: Report,
): void {
  const late = lateIn(value, model, locals, new Set());
  if (late !== undefined)
    report(
      value,
      `${late} is known only once it is deployed, ${what} must be known before: take something that is, as a name or an id.`,
    );
}

/** The first thing in a value that a deployment tells. */
function lateIn(
  value: Expression,
  model: Model,
  locals: Locals | undefined,
  seen: Set<string>,
): string | undefined {
  if (
    value.kind === 'call' &&
    (value.name.text === 'reference' || value.name.text.startsWith('list') || value.name.text === 'getSecret')
  )
    return `"${value.name.text}(…)"`;
  if (value.kind === 'property') {
    const symbol = symbolOf(value.base, model, locals);
    if (symbol !== undefined)
      return knownAtStart(symbol, value.name.text, model) ? undefined : `"${symbol}.${value.name.text}"`;
  }
  if (value.kind === 'variable' && localOf(locals, value.name.text) === undefined) {
    const declaration = model.file.declarations.get(value.name.text);
    if (declaration?.kind === 'var' && !seen.has(value.name.text)) {
      seen.add(value.name.text);
      return lateIn(declaration.value, model, undefined, seen);
    }
  }
  for (const part of partsOf(value)) {
    const late = lateIn(part, model, locals, seen);
    if (late !== undefined) return late;
  }
  return undefined;
}

/** The resource or the module that a value is, or an item of it. */
export function symbolOf(value: Expression, model: Model, locals: Locals | undefined): string | undefined {
  if (value.kind === 'index' || value.kind === 'sure') return symbolOf(value.base, model, locals);
  if (value.kind !== 'variable' && value.kind !== 'nested') return undefined;
  const name = value.name.text;
  if (value.kind === 'variable' && localOf(locals, name) !== undefined) return undefined;
  const kind = model.file.declarations.get(name)?.kind;
  return kind === 'resource' || kind === 'module' ? name : undefined;
}

function knownAtStart(symbol: string, property: string, model: Model): boolean {
  const declaration = model.file.declarations.get(symbol);
  if (declaration?.kind === 'module') return property === 'name';
  if (declaration?.kind !== 'resource') return true;
  if (['id', 'name', 'type', 'apiVersion'].includes(property)) return true;
  const type = model.ofName(symbol);
  const one = type.kind === 'array' ? type.item : type;
  return one.kind === 'object' && one.properties.get(property)?.knownAtStart === true;
}
