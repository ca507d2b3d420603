// Each name that is used is declared, each name is declared once, and what is declared is used.
import { isBuiltIn } from '../model/declared-type';
import type { Declaration } from '../model/file';
import { isScopeFunction } from '../model/functions';
import { isNamespace } from '../model/infer';
import { localOf } from '../model/locals';
import type { Model } from '../model/model';
import { walkFile } from '../model/walk';
import { didYouMean } from '../nearest';
import type { Statement, TypeSyntax } from '../parse/syntax';
import type { Report, Rule } from './rule';

export const names: Rule = (model, report) => {
  const { file } = model;
  const used = new Set<string>();
  walkFile(model, (expression, locals) => {
    if (expression.kind === 'call' && expression.base === undefined) used.add(expression.name.text);
    if (expression.kind !== 'variable') return;
    const name = expression.name.text;
    if (localOf(locals, name) !== undefined) return;
    used.add(name);
    const declaration = file.declarations.get(name);
    if (declaration !== undefined) {
      if (declaration.kind === 'type' || declaration.kind === 'func')
        report(
          expression,
          `"${name}" is a ${declaration.kind === 'type' ? 'type' : 'function'}, not a value.`,
        );
    } else if (!isNamespace(name)) report(expression, unknown(name, file.declarations.keys()));
  });
  for (const statement of file.statements)
    for (const type of typesOf(statement)) checkTypeNames(type, model, used, report);
  for (const name of file.repeated) report(name, `"${name.text}" is declared twice: rename one of them.`);
  reportRepeatedOutputs(model, report);
  // What a file of parameters gives is used by another one.
  if (file.statements.some(({ kind }) => kind === 'using')) return;
  for (const declaration of file.declarations.values())
    if (!used.has(declaration.name.text) && mustBeUsed(declaration))
      report(
        declaration.name,
        `${saidOf(declaration)} "${declaration.name.text}" is never used: use it or remove it.`,
      );
};

function unknown(name: string, known: Iterable<string>): string {
  const hint = isScopeFunction(name) ? ` The function is "${name}()".` : didYouMean(name, known);
  return `The name "${name}" is not declared.${hint}`;
}

function reportRepeatedOutputs({ file }: Model, report: Report): void {
  const seen = new Set<string>();
  for (const { name } of file.outputs) {
    if (seen.has(name.text)) report(name, `The output "${name.text}" is declared twice: rename one of them.`);
    seen.add(name.text);
  }
}

/** A resource or a module does something by being there; an exported type is for others. */
function mustBeUsed(declaration: Declaration): boolean {
  switch (declaration.kind) {
    case 'resource':
      return declaration.syntax.existing && declaration.syntax.nested.length === 0;
    case 'module':
      return false;
    case 'param':
    case 'imported':
      return true;
    case 'var':
    case 'type':
    case 'func':
      return !declaration.decorators.some(({ name }) => name.text === 'export');
  }
}

function saidOf({ kind }: Declaration): string {
  const said = {
    param: 'The parameter',
    var: 'The variable',
    resource: 'The existing resource',
    module: 'The module',
    type: 'The type',
    func: 'The function',
    imported: 'The import',
  };
  return said[kind];
}

function typesOf(statement: Statement): TypeSyntax[] {
  switch (statement.kind) {
    case 'param':
    case 'var':
    case 'output':
    case 'type':
      return statement.type === undefined ? [] : [statement.type];
    case 'func':
      return [...statement.params.map(({ type }) => type), statement.returns];
    case 'resource':
    case 'module':
    case 'import':
    case 'targetScope':
    case 'metadata':
    case 'assert':
    case 'using':
      return [];
  }
}

function checkTypeNames(type: TypeSyntax, model: Model, used: Set<string>, report: Report): void {
  const again = (one: TypeSyntax): void => checkTypeNames(one, model, used, report);
  switch (type.kind) {
    case 'named': {
      const [first] = type.path;
      if (first === undefined || first.text === 'sys') return;
      used.add(first.text);
      const declaration = model.file.declarations.get(first.text);
      if (isBuiltIn(first.text) || declaration?.kind === 'type' || declaration?.kind === 'imported') return;
      const types = [...model.file.declarations.values()].filter(({ kind }) => kind === 'type');
      const known = ['string', 'int', 'bool', 'array', 'object', ...types.map(({ name }) => name.text)];
      report(first, `There is no type "${first.text}".${didYouMean(first.text, known)}`);
      return;
    }
    case 'list':
      again(type.item);
      return;
    case 'optional':
      again(type.type);
      return;
    case 'union':
      type.types.forEach(again);
      return;
    case 'tuple':
      type.items.forEach(again);
      return;
    case 'objectType':
      type.members.forEach((member) => again(member.type));
      return;
    case 'literal':
    case 'ofResource':
      return;
  }
}
