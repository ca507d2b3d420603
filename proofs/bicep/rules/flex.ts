// What a Flex Consumption plan and its app must have, and what they must not.
import { bodyOf, type DeclaredResource, memberOf, membersOf } from '../model/file';
import type { Model } from '../model/model';
import { resourceNameOf } from '../model/resource-name';
import { type Literal, literalOf, objectsIn, valuesAt, valuesOf } from '../model/values';
import type { Expression } from '../parse/syntax';
import { settingsOfSite } from '../settings/collect-settings';
import {
  FORBIDDEN_IN_PROPERTIES,
  FORBIDDEN_IN_SITE_CONFIG,
  GROUPS,
  isForbiddenSetting,
  LIMITS,
  MEMORY_SIZES,
  NODE_VERSIONS,
} from './flex-limits';
import type { Report, Rule } from './rule';

export const flex: Rule = (model, report) => {
  for (const resource of model.file.resources) {
    const type = resourceNameOf(resource)?.type.toLowerCase();
    const { object } = bodyOf(resource.syntax.value);
    if (object === undefined || resource.syntax.existing) continue;
    if (type === 'microsoft.web/sites') checkSite(resource, object, model, report);
    if (type === 'microsoft.web/serverfarms') checkPlan(resource, object, model, report);
    if (type?.startsWith('microsoft.web/sites/slots') === true)
      report(resource.name, 'An app on a Flex Consumption plan has no slots: remove it.');
  }
};

const literals = (object: Expression, path: readonly string[], model: Model): (Literal | undefined)[] =>
  valuesAt(object, path, model).map(literalOf);

function checkPlan({ name }: DeclaredResource, object: Expression, model: Model, report: Report): void {
  const names = literals(object, ['sku', 'name'], model);
  const tiers = literals(object, ['sku', 'tier'], model);
  const said = name.text;
  for (const sku of names)
    if (sku !== undefined && sku !== 'FC1')
      report(name, `The plan "${said}" can have the SKU '${sku}': the app needs Flex Consumption, 'FC1'.`);
  for (const tier of tiers)
    if (tier !== undefined && tier !== 'FlexConsumption')
      report(name, `The plan "${said}" can have the tier '${tier}': the app needs 'FlexConsumption'.`);
  if (names.length === 0)
    report(name, `The plan "${said}" has no SKU: give it { name: 'FC1', tier: 'FlexConsumption' }.`);
  const reserved = literals(object, ['properties', 'reserved'], model);
  if (reserved.length === 0 || reserved.includes(false))
    report(
      name,
      `The plan "${said}" must say properties.reserved: true, for Flex Consumption is Linux only.`,
    );
}

function checkSite(site: DeclaredResource, object: Expression, model: Model, report: Report): void {
  for (const [path, forbidden] of [
    [['properties'], FORBIDDEN_IN_PROPERTIES],
    [['properties', 'siteConfig'], FORBIDDEN_IN_SITE_CONFIG],
  ] as const)
    for (const written of valuesAt(object, path, model).flatMap(objectsIn))
      if (written.value.kind === 'object' && written.model === model)
        for (const { name, key } of membersOf(written.value))
          if (forbidden.includes(name))
            report(
              key,
              `Flex Consumption forbids "${path.join('.')}.${name}": remove it; functionAppConfig says what the app runs on.`,
            );
  for (const { name, at, model: where } of settingsOfSite(site, model).settings)
    if (isForbiddenSetting(name))
      report(where === model ? at : site.name, `Flex Consumption forbids the setting "${name}": remove it.`);
  const configs = valuesAt(object, ['properties', 'functionAppConfig'], model);
  if (configs.length === 0) {
    report(
      site.name,
      `"${site.name.text}" has no functionAppConfig, which an app on Flex Consumption needs.`,
    );
    return;
  }
  for (const part of ['deployment', 'runtime', 'scaleAndConcurrency'])
    if (valuesAt(object, ['properties', 'functionAppConfig', part], model).length === 0)
      report(site.name, `functionAppConfig of "${site.name.text}" has no "${part}".`);
  checkKind(site, object, model, report);
  checkConfig(site, object, model, report);
}

function checkKind(site: DeclaredResource, object: Expression, model: Model, report: Report): void {
  const kinds = literals(object, ['kind'], model);
  if (kinds.length === 0 || kinds.some((kind) => kind !== undefined && kind !== 'functionapp,linux'))
    report(site.name, `"${site.name.text}" must be of the kind 'functionapp,linux'.`);
}

function checkConfig(site: DeclaredResource, object: Expression, model: Model, report: Report): void {
  const config = ['properties', 'functionAppConfig'];
  const oneOf = (path: readonly string[], allowed: readonly Literal[]): void => {
    for (const written of valuesAt(object, [...config, ...path], model)) {
      const literal = literalOf(written);
      if (literal !== undefined && !allowed.includes(literal))
        report(
          written.model === model ? written.value : site.name,
          `${path.join('.')} can be ${String(literal)}, must be one of ${allowed.join(', ')}.`,
        );
    }
  };
  oneOf(['runtime', 'name'], ['node']);
  oneOf(['runtime', 'version'], NODE_VERSIONS);
  oneOf(['scaleAndConcurrency', 'instanceMemoryMB'], MEMORY_SIZES);
  for (const [path, least, most] of LIMITS)
    for (const written of valuesAt(object, [...config, ...path], model)) {
      const literal = literalOf(written);
      if (typeof literal === 'number' && (literal < least || literal > most))
        report(
          written.model === model ? written.value : site.name,
          `${path.join('.')} can be ${literal}, must be from ${least} to ${most}.`,
        );
    }
  for (const written of valuesAt(object, [...config, 'scaleAndConcurrency', 'alwaysReady'], model))
    checkGroups(written.value, written.model, site, model, report);
}

function checkGroups(
  list: Expression,
  where: Model,
  site: DeclaredResource,
  model: Model,
  report: Report,
): void {
  if (list.kind !== 'array') return;
  for (const item of list.items) {
    const name = item.kind === 'object' ? memberOf(item, 'name')?.value : undefined;
    for (const written of name === undefined ? [] : valuesOf(name, where)) {
      const literal = literalOf(written);
      if (typeof literal === 'string' && !GROUPS.includes(literal) && !literal.startsWith('function:'))
        report(
          written.model === model ? written.value : site.name,
          `alwaysReady names "${literal}": it must be one of ${GROUPS.join(', ')}, or function:NAME.`,
        );
    }
  }
}
