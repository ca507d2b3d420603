// Each module leads to a file, and gives it the parameters that this asks for, each of its type.
import { bodyOf, textOf } from '../model/file';
import { loopLocals } from '../model/infer';
import type { Model } from '../model/model';
import { ANY, isNullable, type ObjectType, type Property, STRING } from '../model/type';
import type { ModuleSyntax } from '../parse/syntax';
import { assign } from './assign';
import type { Report, Rule } from './rule';

export const modules: Rule = (model, report) => {
  for (const module of model.file.modules) checkModule(module, model, report);
};

function checkModule(module: ModuleSyntax, model: Model, report: Report): void {
  const path = textOf(module.path);
  const { object, loop } = bodyOf(module.value);
  if (object === undefined) {
    report(module.value, `The module "${module.name.text}" needs an object: "{ params: … }".`);
    return;
  }
  const inner = model.moduleModel(module);
  if (inner === undefined) {
    report(module.path, whyUnread(path));
    return;
  }
  if (inner.file.location === model.file.location) report(module.path, "A file can't be a module of itself.");
  if (inner.file.faults.length > 0) return;
  const locals = loop === undefined ? undefined : loopLocals(loop, (one) => model.typeOf(one), undefined);
  const what = module.name.text;
  const params = paramsType(inner);
  const takesParams = [...params.properties.values()].some(({ required }) => required);
  assign(object, bodyType(params, takesParams), what, { model, report }, locals);
}

function whyUnread(path: string | undefined): string {
  if (path === undefined) return 'The path of a module is a plain string, without "${…}".';
  if (/^(br|ts|br\/\w+|ts\/\w+):/.test(path))
    return `The module '${path}' lies in a registry, where nothing here can read it: write its resources out.`;
  return `There is no Bicep file '${path}' beside this one.`;
}

const property = (type: Property['type'], required = false): Property => ({
  type,
  required,
  readOnly: false,
  knownAtStart: true,
});

function bodyType(params: ObjectType, takesParams: boolean): ObjectType {
  return {
    kind: 'object',
    name: 'module',
    properties: new Map([
      ['name', property(STRING)],
      ['scope', property(ANY)],
      ['params', property(params, takesParams)],
      ['dependsOn', property({ kind: 'array', item: ANY })],
      ['identity', property(ANY)],
      ['extensionConfigs', property(ANY)],
    ]),
    others: undefined,
  };
}

function paramsType(inner: Model): ObjectType {
  const properties = inner.file.params.map((param) => {
    const type = inner.paramType(param);
    const hasDefault = param.value !== undefined || isNullable(type);
    return [param.name.text, property(type, !hasDefault)] as const;
  });
  return { kind: 'object', name: inner.file.path, properties: new Map(properties), others: undefined };
}
