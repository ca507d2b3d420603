// No secret stands in plain text in a resource, as in an app setting, a container's environment or a tag: whoever may
// read the resource reads it. It goes into properties that Azure keeps secret; elsewhere stands where it is kept.
import { memberType } from '../model/declared-type';
import { bodyOf, type DeclaredResource, memberOf, textOf } from '../model/file';
import { mappedList } from '../model/mapped-list';
import type { Model } from '../model/model';
import { resourceNameOf } from '../model/resource-name';
import { ANY, type Type } from '../model/type';
import { literalOf, valuesOf } from '../model/values';
import type { Expression, Member, ObjectSyntax } from '../parse/syntax';
import type { Report, Rule } from '../rules/rule';
import { isSecretString, localsOfLoop, SECRET_PROPERTY, secretIn, type SecretLocals } from './secret-values';

export const plainSecrets: Rule = (model, report) => {
  for (const resource of model.file.resources) {
    if (resource.syntax.existing) continue;
    const { object, loop } = bodyOf(resource.syntax.value);
    const type = model.resourceType(resource)?.body ?? ANY;
    if (object === undefined) continue;
    const names = loop === undefined ? [] : [loop.item.text, loop.index?.text ?? ''];
    const locals: SecretLocals =
      loop === undefined ? new Map() : localsOfLoop(loop.list, names, model, new Map());
    check(object, { model, resource, report, type, path: [], locals, depth: 0 });
  }
};

interface Place {
  readonly model: Model;
  readonly resource: DeclaredResource;
  readonly report: Report;
  readonly type: Type;
  /** Names of the members around it. */
  readonly path: readonly string[];
  readonly locals: SecretLocals;
  readonly depth: number;
}

const PUT_TOGETHER = ['concat', 'union', 'shallowMerge', 'any'];
const DEEPEST = 60;

function check(value: Expression, from: Place): void {
  if (from.depth > DEEPEST) return;
  const place = { ...from, depth: from.depth + 1 };
  const { model, locals, type } = place;
  const each = (values: readonly Expression[], inner = place): void => {
    for (const one of values) check(one, inner);
  };
  const item: Place = { ...place, type: type.kind === 'array' ? type.item : ANY };
  switch (value.kind) {
    case 'object':
      checkObject(value, place);
      return;
    case 'array':
      for (const one of value.items)
        check(one.kind === 'spread' ? one.value : one, one.kind === 'spread' ? place : item);
      return;
    case 'for': {
      const names = [value.item.text, value.index?.text ?? ''];
      check(value.body, { ...item, locals: localsOfLoop(value.list, names, model, locals) });
      return;
    }
    case 'ternary':
      each([value.whenTrue, value.whenFalse]);
      return;
    case 'sure':
      check(value.base, place);
      return;
    case 'variable': {
      const declaration = locals.has(value.name.text)
        ? undefined
        : model.file.declarations.get(value.name.text);
      if (declaration?.kind === 'var') check(declaration.value, { ...place, locals: new Map() });
      else checkWhole(value, place);
      return;
    }
    case 'call': {
      const mapped = mappedList(value);
      if (mapped !== undefined) {
        const names = mapped.lambda.params.map(({ text }) => text);
        check(mapped.lambda.body, { ...item, locals: localsOfLoop(mapped.list, names, model, locals) });
      } else if (PUT_TOGETHER.includes(value.name.text)) each(value.args);
      else checkWhole(value, place);
      return;
    }
    case 'binary':
    case 'boolean':
    case 'if':
    case 'index':
    case 'lambda':
    case 'nested':
    case 'null':
    case 'number':
    case 'property':
    case 'string':
    case 'unary':
      checkWhole(value, place);
      return;
  }
}

function checkObject(object: ObjectSyntax, place: Place): void {
  const type = formOf(place.type, object);
  for (const member of object.members) {
    if (member.kind === 'spread') {
      check(member.value, { ...place, type });
      continue;
    }
    if ('kind' in member.key) checkWhole(member.key, place);
    const name = 'text' in member.key ? member.key.text : (textOf(member.key) ?? '');
    const path = [...place.path, name];
    const inner = { ...place, path, type: memberType(type, name) };
    const isOwn = type.kind === 'any' || (type.kind === 'object' && type.properties.has(name));
    if (isKeptSecret(inner, isOwn) || isInsightsSetting(member, name, object, place)) continue;
    check(member.value, inner);
  }
}

/** Which of its forms an object has is told by a member of it. */
function formOf(type: Type, object: ObjectSyntax): Type {
  if (type.kind !== 'discriminated') return type;
  const said = memberOf(object, type.key)?.value;
  return type.elements.get((said === undefined ? undefined : textOf(said)) ?? '') ?? ANY;
}

/**
 * Whether Azure keeps what stands here and shows it to nobody who reads the resource: by the type data, or by its name
 * where they do not say so. `isOwn`: the name is the resource type's, not one that is free, as of a tag.
 */
function isKeptSecret({ resource, path, type }: Place, isOwn: boolean): boolean {
  if (isSecretString(type)) return true;
  const said = resourceNameOf(resource)?.type.toLowerCase();
  if (said === 'microsoft.keyvault/vaults/secrets') return path.join('.') === 'properties.value';
  const isSetting = ['appSettings', 'connectionStrings', 'env'].some((name) => path.includes(name));
  return isOwn && !isSetting && SECRET_PROPERTY.test(path.at(-1) ?? '');
}

const INSIGHTS_SETTING = 'APPLICATIONINSIGHTS_CONNECTION_STRING';

/**
 * The connection string of an Application Insights is no secret where that takes data by Entra ID alone: it says where
 * data go to and lets nobody write them. That it takes no keys is held by the rule of safe values (DisableLocalAuth).
 */
function isInsightsSetting(member: Member, key: string, object: ObjectSyntax, { model }: Place): boolean {
  const name = memberOf(object, 'name')?.value;
  const named = name === undefined ? [] : valuesOf(name, model).map(literalOf);
  const isNamed = key === 'value' && named.length > 0 && named.every((one) => one === INSIGHTS_SETTING);
  if (key !== INSIGHTS_SETTING && !isNamed) return false;
  return valuesOf(member.value, model).every((written) => isOfInsights(written.value, written.model));
}

function isOfInsights(value: Expression, { file }: Model): boolean {
  if (value.kind !== 'property' || value.name.text !== 'ConnectionString') return false;
  const { base } = value;
  const symbol = base.kind === 'property' && base.base.kind === 'variable' ? base.base.name.text : '';
  const declaration = file.declarations.get(symbol);
  return (
    declaration?.kind === 'resource' &&
    resourceNameOf(declaration)?.type.toLowerCase() === 'microsoft.insights/components'
  );
}

function checkWhole(value: Expression, { model, resource, report, path, locals }: Place): void {
  const secret = secretIn(value, model, locals);
  if (secret === undefined) return;
  const where = path.filter((name) => name !== '').join('.');
  report(
    value,
    `"${where}" of "${resource.name.text}" holds ${secret} in plain text, for whoever may read it: ${instead(resource, path)}`,
  );
}

function instead(resource: DeclaredResource, path: readonly string[]): string {
  const type = resourceNameOf(resource)?.type.toLowerCase() ?? '';
  if (type === 'microsoft.web/sites/config' || path.includes('siteConfig'))
    return "give the app's identity a role in its place, or keep it in a key vault and write '@Microsoft.KeyVault(SecretUri=…)' here.";
  if (type.startsWith('microsoft.app/') && path.includes('env'))
    return 'put it into configuration.secrets, and name it here by "secretRef".';
  return 'keep it in a key vault, and write at most its name here.';
}
