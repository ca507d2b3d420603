// Each resource and each module is deployed to where it can be: a group, a subscription, another resource.
import { bodyOf, type DeclaredResource, memberOf, SCOPES, textOf } from '../model/file';
import { loopLocals } from '../model/infer';
import type { Model } from '../model/model';
import type { Scope, Type } from '../model/type';
import { localsAround } from '../model/walk';
import { didYouMean } from '../nearest';
import type { Expression, ModuleSyntax } from '../parse/syntax';
import type { Report, Rule } from './rule';

export const scopes: Rule = (model, report) => {
  checkTarget(model, report);
  for (const module of model.file.modules) checkModule(module, model, report);
  for (const resource of model.file.resources) checkResource(resource, model, report);
};

function checkTarget({ file }: Model, report: Report): void {
  const said = file.statements.filter((statement) => statement.kind === 'targetScope');
  for (const { value } of said) {
    const text = textOf(value);
    if (text === undefined || !SCOPES.some((scope) => scope === text))
      report(
        value,
        `targetScope must be one of ${SCOPES.map((scope) => `'${scope}'`).join(', ')}.${didYouMean(text ?? '', SCOPES)}`,
      );
  }
  const [, second] = said;
  if (second !== undefined) report(second, 'targetScope is said twice.');
}

/** What a type is the scope of; `all`: several that differ. */
function scopesOf(type: Type): readonly (Scope | 'resource' | undefined)[] {
  if (type.kind === 'union') return type.members.flatMap(scopesOf);
  if (type.kind !== 'object') return [undefined];
  return [type.scope ?? (type.symbol === undefined ? undefined : 'resource')];
}

function scopeValue(value: Expression, name: string): Expression | undefined {
  return memberOf(bodyOf(value).object, name)?.value;
}

function typeWithin(value: Expression, body: Expression, model: Model, resource?: DeclaredResource): Type {
  const outer = resource === undefined ? undefined : localsAround(model, resource);
  const { loop } = bodyOf(body);
  const locals = loop === undefined ? outer : loopLocals(loop, (one) => model.typeOf(one, outer), outer);
  return model.typeOf(value, locals);
}

function checkModule(module: ModuleSyntax, model: Model, report: Report): void {
  const inner = model.moduleModel(module);
  if (inner === undefined) return;
  const wanted = inner.file.scope;
  const scope = scopeValue(module.value, 'scope');
  if (scope === undefined) {
    if (wanted !== model.file.scope)
      report(
        module.name,
        `${inner.file.path} is deployed to a ${wanted}, this file to a ${model.file.scope}: give the module a "scope", such as ${wanted}(…).`,
      );
    return;
  }
  const type = typeWithin(scope, module.value, model);
  if (type.kind === 'any') return;
  for (const found of scopesOf(type))
    if (found !== wanted) {
      const said =
        found === undefined
          ? `a value of type ${type.kind}`
          : found === 'resource'
            ? 'a resource that is no resource group'
            : `a ${found}`;
      report(scope, `${inner.file.path} is deployed to a ${wanted}, the scope is ${said}.`);
      return;
    }
}

function checkResource(resource: DeclaredResource, model: Model, report: Report): void {
  const type = model.resourceType(resource);
  const { value, existing, name } = resource.syntax;
  const scope = scopeValue(value, 'scope');
  const hasParent = resource.within !== undefined || scopeValue(value, 'parent') !== undefined;
  if (scope !== undefined && hasParent) {
    report(scope, 'A child is where its parent is: remove "scope".');
    return;
  }
  if (type === undefined || hasParent) return;
  if (scope === undefined) {
    const there =
      type.scopes.includes(model.file.scope) ||
      (model.file.scope === 'resourceGroup' && type.extendsResources && type.scopes.length === 0);
    if (!there)
      report(
        name,
        `${type.name} is deployed to a ${type.scopes.join(' or a ')}, this file to a ${model.file.scope}: ${existing ? 'give it a "scope"' : 'set targetScope, or declare it in a module with that scope'}.`,
      );
    return;
  }
  const found = typeWithin(scope, value, model, resource);
  if (found.kind === 'any') return;
  for (const one of scopesOf(found)) {
    if (one === undefined)
      report(
        scope,
        '"scope" must be a resource of this file, or one of resourceGroup(…), subscription(…), managementGroup(…), tenant().',
      );
    else if (existing && one !== 'resource' && type.scopes.includes(one)) continue;
    else if (one === 'resource' ? !type.extendsResources : !type.scopes.includes(one))
      report(
        scope,
        `${type.name} is deployed to ${type.extendsResources ? 'a resource or ' : ''}a ${type.scopes.join(' or a ')}, the scope is a ${one}.`,
      );
    else if (!existing && one !== 'resource' && one !== 'tenant' && !isHere(scope, one, model))
      report(
        scope,
        `A resource is deployed to another ${one} by a module with that scope only: declare it in one.`,
      );
  }
}

/** `resourceGroup()` and its like name where the file itself is deployed to. */
function isHere(scope: Expression, one: Scope, { file }: Model): boolean {
  return scope.kind === 'call' && scope.args.length === 0 && one === file.scope;
}
