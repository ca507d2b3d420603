// Each resource has what its type needs, nothing that it does not know, and values of the right types.
import { bodyOf, type DeclaredResource, memberOf, textOf } from '../model/file';
import { loopLocals } from '../model/infer';
import type { Model } from '../model/model';
import { ANY, type ObjectType, type Property, STRING, type Type } from '../model/type';
import { localsAround } from '../model/walk';
import type { ObjectSyntax } from '../parse/syntax';
import { assign } from './assign';
import type { Report, Rule } from './rule';

export const resourceBodies: Rule = (model, report) => {
  for (const resource of model.file.resources) checkBody(resource, model, report);
};

function checkBody(resource: DeclaredResource, model: Model, report: Report): void {
  const { value, existing, name } = resource.syntax;
  const { object, loop } = bodyOf(value);
  const outer = localsAround(model, resource);
  if (object === undefined) {
    report(value, `The resource "${name.text}" needs an object: "{ name: … }".`);
    return;
  }
  if (memberOf(object, 'name') === undefined && object.members.every(({ kind }) => kind === 'member')) {
    report(name, `The resource "${name.text}" has no "name".`);
  }
  const type = model.resourceType(resource);
  const body = type === undefined ? undefined : bodyType(type.body, object);
  if (type === undefined || body === undefined) return;
  const locals = loop === undefined ? outer : loopLocals(loop, (one) => model.typeOf(one, outer), outer);
  const expected = existing ? asExisting(body) : withKeywords(body);
  const said = `${name.text} (${type.name.slice(0, type.name.indexOf('@'))})`;
  assign(object, expected, said, { model, report }, locals);
}

/** Of a resource of several forms the one with this name: `'appsettings'`, or `'${site.name}/appsettings'`. */
function bodyType(type: Type, object: ObjectSyntax): ObjectType | undefined {
  if (type.kind === 'object') return type;
  if (type.kind !== 'discriminated') return undefined;
  const value = memberOf(object, type.key)?.value;
  if (value === undefined) return undefined;
  const text = textOf(value) ?? (value.kind === 'string' ? value.texts.at(-1) : undefined);
  const element = text === undefined ? undefined : type.elements.get(text.slice(text.lastIndexOf('/') + 1));
  if (element?.kind !== 'object') return undefined;
  return { ...element, properties: new Map([...element.properties, ['name', NAME]]) };
}

const own = (type: Type, required = false): Property => ({
  type,
  required,
  readOnly: false,
  knownAtStart: true,
});

/** Told by a rule of its own when it is missing. */
const NAME = own(STRING);

/** What Bicep itself takes in the body of a resource. Each has a rule of its own. */
const KEYWORDS: readonly (readonly [string, Property])[] = [
  ['name', NAME],
  ['parent', own(ANY)],
  ['scope', own(ANY)],
  ['dependsOn', own({ kind: 'array', item: ANY })],
];

function withKeywords(body: ObjectType): ObjectType {
  const name = body.properties.get('name');
  const keywords =
    name === undefined ? KEYWORDS : [...KEYWORDS, ['name', { ...name, required: false }] as const];
  return { ...body, properties: new Map([...body.properties, ...keywords]) };
}

function asExisting(body: ObjectType): ObjectType {
  const names = KEYWORDS.filter(([key]) => key !== 'dependsOn');
  return { ...body, name: `${body.name}, existing`, properties: new Map(names), others: undefined };
}
