// A child names the right parent: `parent: …` of the type before its own, or a name with as many parts as its type has.
import { bodyOf, type DeclaredResource, memberOf } from '../model/file';
import type { Model } from '../model/model';
import { resourceNameOf } from '../model/resource-name';
import { localsAround } from '../model/walk';
import type { Expression } from '../parse/syntax';
import type { Report, Rule } from './rule';

export const parents: Rule = (model, report) => {
  for (const resource of model.file.resources) checkParent(resource, model, report);
};

function checkParent(resource: DeclaredResource, model: Model, report: Report): void {
  const type = resourceNameOf(resource)?.type;
  const { object } = bodyOf(resource.syntax.value);
  const parent = memberOf(object, 'parent');
  const name = memberOf(object, 'name');
  if (type === undefined) return;
  const isChild = resource.within !== undefined || parent !== undefined;
  if (resource.within !== undefined && parent !== undefined)
    report(parent.key, 'A resource within another has that one as its parent: remove "parent".');
  else if (parent !== undefined) checkParentType(parent.value, type, resource, model, report);
  const parts = name === undefined ? undefined : partsOfName(name.value);
  const wanted = isChild ? 1 : type.split('/').length - 1;
  if (name === undefined || parts === undefined || parts === wanted) return;
  if (isChild)
    report(
      name.value,
      `The name of a child with a parent has no "/": ${type.slice(type.lastIndexOf('/') + 1)} needs its own name only.`,
    );
  else if (wanted > 1)
    report(
      name.value,
      `The name has ${parts} part${parts === 1 ? '' : 's'}, ${type} needs ${wanted}: give it a "parent", or write the names of its parents before its own ("parent/child").`,
    );
  else report(name.value, `The name has ${parts} parts, ${type} needs one.`);
}

/** How many names stand in a name; undefined: that can't be told. */
function partsOfName(name: Expression): number | undefined {
  if (name.kind !== 'string') return undefined;
  // A value may hold a "/" itself, unless it is the name of a resource.
  if (
    name.values.length > 0 &&
    !name.texts.some((text) => text.includes('/')) &&
    name.texts.some((text) => text === '')
  )
    return name.values.every(isOneName) ? 1 : undefined;
  return name.texts.join('').split('/').length;
}

const isOneName = (value: Expression): boolean => value.kind === 'property' && value.name.text === 'name';

function checkParentType(
  value: Expression,
  type: string,
  resource: DeclaredResource,
  model: Model,
  report: Report,
): void {
  const found = model.typeOf(value, localsAround(model, resource));
  const item = found.kind === 'array' ? undefined : found;
  const symbol = item?.kind === 'object' ? item.symbol : undefined;
  const declaration = symbol === undefined ? undefined : model.file.declarations.get(symbol);
  if (declaration?.kind !== 'resource') {
    if (found.kind !== 'any')
      report(
        value,
        `"parent" must be a resource of this file${found.kind === 'array' ? ', not a list of them: say which by [index]' : ''}.`,
      );
    return;
  }
  const parentType = resourceNameOf(declaration)?.type;
  const wanted = type.slice(0, type.lastIndexOf('/'));
  if (parentType !== undefined && parentType.toLowerCase() !== wanted.toLowerCase())
    report(
      value,
      wanted.includes('/')
        ? `The parent of ${type} is of type ${wanted}, "${declaration.name.text}" is of type ${parentType}.`
        : `${type} has no parent: remove it.`,
    );
}
