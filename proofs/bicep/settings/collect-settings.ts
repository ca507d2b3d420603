// The settings that a site is given in Bicep, from wherever they are put together.
import { bodyOf, type DeclaredResource, memberOf, membersOf, textOf } from '../model/file';
import { mappedList } from '../model/mapped-list';
import type { Model } from '../model/model';
import { resourceNameOf } from '../model/resource-name';
import { objectsIn, valuesAt, valuesOf, type Written } from '../model/values';
import type { Expression, Span } from '../parse/syntax';

export interface GivenSetting {
  readonly name: string;
  readonly at: Span;
  readonly value: Expression | undefined;
  readonly model: Model;
}

export interface GivenSettings {
  readonly settings: readonly GivenSetting[];
  /** Whether all are told; not where some come from outside. */
  readonly complete: boolean;
}

const PUT_TOGETHER = ['concat', 'union', 'flatten', 'filter', 'shallowMerge', 'distinct', 'sort'];

/** Those of a site: in its own body, and in its child `config` of the name `appsettings`. */
export function settingsOfSite(site: DeclaredResource, model: Model): GivenSettings {
  const { object } = bodyOf(site.syntax.value);
  const own =
    object === undefined ? [] : valuesAt(object, ['properties', 'siteConfig', 'appSettings'], model);
  const parts = [
    ...own.map((one) => fromList(one, 0)),
    ...configsOf(site, model).flatMap((config) => {
      const body = bodyOf(config.syntax.value).object;
      const properties = body === undefined ? [] : valuesAt(body, ['properties'], model);
      return properties.map((one) => fromObject(one, 0));
    }),
  ];
  return together(parts);
}

function configsOf(site: DeclaredResource, { file }: Model): DeclaredResource[] {
  return file.resources.filter((resource) => {
    const { object } = bodyOf(resource.syntax.value);
    const name = memberOf(object, 'name')?.value;
    const said =
      name === undefined
        ? undefined
        : (textOf(name) ?? (name.kind === 'string' ? name.texts.at(-1) : undefined));
    const parent = memberOf(object, 'parent')?.value;
    const isOfSite =
      resource.within === site ||
      (parent?.kind === 'variable' && parent.name.text === site.name.text) ||
      (parent === undefined && resource.within === undefined);
    const type = resourceNameOf(resource)?.type.toLowerCase();
    return (
      type === 'microsoft.web/sites/config' &&
      isOfSite &&
      said !== undefined &&
      /(^|\/)appsettings$/.test(said)
    );
  });
}

const together = (parts: readonly GivenSettings[]): GivenSettings => ({
  settings: parts.flatMap(({ settings }) => settings),
  complete: parts.every(({ complete }) => complete),
});

const UNKNOWN: GivenSettings = { settings: [], complete: false };
const DEEPEST = 24;

/** Of a list of `{ name, value }`. */
function fromList({ value, model }: Written, depth: number): GivenSettings {
  const again = (one: Expression): GivenSettings =>
    depth > DEEPEST ? UNKNOWN : together(valuesOf(one, model).map((written) => fromList(written, depth + 1)));
  switch (value.kind) {
    case 'array':
      return together(
        value.items.map((item) =>
          item.kind === 'spread' ? again(item.value) : fromItem({ value: item, model }),
        ),
      );
    case 'for':
      return fromRepeated(value.list, value.body, model, depth);
    case 'call': {
      const mapped = mappedList(value);
      if (mapped !== undefined) return fromRepeated(mapped.list, mapped.lambda.body, model, depth);
      return PUT_TOGETHER.includes(value.name.text)
        ? together(value.args.filter((arg) => arg.kind !== 'lambda').map(again))
        : UNKNOWN;
    }
    case 'binary':
    case 'boolean':
    case 'if':
    case 'index':
    case 'lambda':
    case 'nested':
    case 'null':
    case 'number':
    case 'object':
    case 'property':
    case 'string':
    case 'sure':
    case 'ternary':
    case 'unary':
    case 'variable':
      return UNKNOWN;
  }
}

/** `[for one in items(settings): { name: one.key, value: one.value }]` has the names of the object's members. */
function fromRepeated(list: Expression, body: Expression, model: Model, depth: number): GivenSettings {
  const [object] = list.kind === 'call' && list.name.text === 'items' ? list.args : [];
  if (object !== undefined)
    return together(valuesOf(object, model).map((written) => fromObject(written, depth + 1)));
  const name = body.kind === 'object' ? memberOf(body, 'name')?.value : undefined;
  return name !== undefined && textOf(name) !== undefined ? fromItem({ value: body, model }) : UNKNOWN;
}

function fromItem(written: Written): GivenSettings {
  const settings = valuesOf(written.value, written.model).flatMap(({ value, model }) => {
    if (value.kind !== 'object') return [];
    const name = memberOf(value, 'name')?.value;
    return (name === undefined ? [] : valuesOf(name, model)).flatMap((said) => {
      const text = textOf(said.value);
      const setting = { at: said.value, value: memberOf(value, 'value')?.value, model: said.model };
      return text === undefined ? [] : [{ name: text, ...setting }];
    });
  });
  return { settings, complete: settings.length > 0 };
}

/** Of an object whose members are the settings. */
function fromObject(written: Written, depth: number): GivenSettings {
  const objects = objectsIn(written);
  if (objects.length === 0 || depth > DEEPEST) return UNKNOWN;
  const settings = objects.flatMap(({ value, model }) =>
    value.kind === 'object'
      ? membersOf(value).map(({ name, key, value: set }) => ({ name, at: key, value: set, model }))
      : [],
  );
  const isTold = objects.every(
    ({ value }) =>
      value.kind === 'object' &&
      value.members.every(
        (one) => one.kind === 'spread' || 'text' in one.key || textOf(one.key) !== undefined,
      ),
  );
  return { settings, complete: isTold };
}
