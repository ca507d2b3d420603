// azure.yaml is what azd takes, and what it names is there: files of hooks, scripts, and a resource for each service.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv2019 } from 'ajv/dist/2019';
import { z } from 'zod';

import type { Finding } from '../finding';
import { memberOf, textOf } from '../model/file';
import type { Model } from '../model/model';
import { valuesOf } from '../model/values';
import { walkFile } from '../model/walk';
import { didYouMean } from '../nearest';
import { type MarkedDocument, readMarkedDocument } from './marked-document';

/** azd's own, without its texts for people; README.md tells where it is from. */
const SCHEMA: unknown = JSON.parse(readFileSync(join(__dirname, 'azure.yaml.schema.json'), 'utf8'));

export interface AzdFiles {
  /** Whether a file or a folder is there, by its path beside azure.yaml. */
  readonly exists: (path: string) => boolean;
  /** The scripts of package.json beside azure.yaml. */
  readonly scripts: readonly string[];
}

const namedSchema = z.object({
  services: z.record(z.string(), z.object({ project: z.string().optional() })).optional(),
});

export function checkAzureYaml(
  path: string,
  text: string,
  models: readonly Model[],
  files: AzdFiles,
): Finding[] {
  const document = readMarkedDocument(path, text);
  if (document.faults.length > 0) return [...document.faults];
  const found = [...schemaFaults(document), ...unknownMembers(document)];
  const named = namedSchema.safeParse(document.value);
  for (const [service, { project }] of Object.entries(named.data?.services ?? {})) {
    if (project !== undefined && !files.exists(project))
      found.push(
        document.fault(['services', service, 'project'], `There is no folder "${project}" beside this file.`),
      );
    if (models.length > 0 && !serviceTags(models).has(service))
      found.push(
        document.fault(
          ['services', service],
          `No resource has the tag 'azd-service-name' with the value '${service}': azd would not find where the service goes.${didYouMean(service, serviceTags(models))}`,
        ),
      );
  }
  return [...found, ...commandFaults(document, files)];
}

function schemaFaults(document: MarkedDocument): Finding[] {
  const ajv = new Ajv2019({ allErrors: true, strict: false, validateFormats: false });
  const validate = ajv.compile(z.record(z.string(), z.unknown()).parse(SCHEMA));
  validate(document.value);
  // "if" and the like only say that a part of them failed, which is told too.
  const errors = (validate.errors ?? []).filter(
    ({ keyword }) => !['if', 'allOf', 'anyOf', 'oneOf'].includes(keyword),
  );
  return errors.map(({ instancePath, message = 'is not what azd takes', params }) => {
    const steps = instancePath.split('/').slice(1).map(unescaped);
    const unknown = z.object({ additionalProperty: z.string() }).safeParse(params).data?.additionalProperty;
    const allowed = z.object({ allowedValues: z.array(z.unknown()) }).safeParse(params).data?.allowedValues;
    const said = `${steps.join('.') || 'azure.yaml'} ${message}`;
    if (unknown !== undefined) return document.fault([...steps, unknown], `${said}: "${unknown}".`);
    return document.fault(steps, `${said}${allowed === undefined ? '' : `: ${allowed.join(', ')}`}.`);
  });
}

const propertiesSchema = z.object({ properties: z.record(z.string(), z.unknown()) });
const wholeSchema = z.object({
  properties: z.looseObject({ services: z.object({ additionalProperties: propertiesSchema }) }),
});

/** The schema takes any member beside those that it names; azd reads none of them. */
function unknownMembers(document: MarkedDocument): Finding[] {
  const { properties } = wholeSchema.parse(SCHEMA);
  const ofService = Object.keys(properties.services.additionalProperties.properties);
  const among = (value: unknown, path: readonly string[], known: readonly string[]): Finding[] =>
    Object.keys(z.record(z.string(), z.unknown()).safeParse(value).data ?? {})
      .filter((name) => !known.includes(name))
      .map((name) =>
        document.fault([...path, name], `azd reads no "${name}" here.${didYouMean(name, known)}`),
      );
  const services = z.object({ services: z.record(z.string(), z.unknown()) }).safeParse(document.value)
    .data?.services;
  return [
    ...among(document.value, [], Object.keys(properties)),
    ...Object.entries(services ?? {}).flatMap(([name, service]) => [
      ...among(service, ['services', name], ofService),
      ...hostFaults(service, ['services', name, 'host'], document),
    ]),
  ];
}

/** Of Azure's own; others come with extensions of azd. */
const HOSTS = ['aks', 'ai.endpoint', 'appservice', 'containerapp', 'function', 'springapp', 'staticwebapp'];

function hostFaults(service: unknown, path: readonly string[], document: MarkedDocument): Finding[] {
  const host = z.object({ host: z.string() }).safeParse(service).data?.host;
  if (host === undefined || HOSTS.includes(host)) return [];
  return [
    document.fault(path, `"${host}" is none of azd's hosts: ${HOSTS.join(', ')}.${didYouMean(host, HOSTS)}`),
  ];
}

function unescaped(step: string): string | number {
  const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
  return /^\d+$/.test(name) ? Number(name) : name;
}

/** What the Bicep says in the tag by which azd finds a service's resource. */
function serviceTags(models: readonly Model[]): Set<string> {
  const tags = new Set<string>();
  for (const model of models)
    walkFile(model, (expression) => {
      if (expression.kind !== 'object') return;
      const tag = memberOf(expression, 'azd-service-name')?.value;
      for (const { value } of tag === undefined ? [] : valuesOf(tag, model)) tags.add(textOf(value) ?? '');
    });
  return tags;
}

const PATH = /(?:^|\s)(\.{0,2}[\w./-]*\/[\w./-]+\.(?:m?js|sh|ps1|ts|py))\b/g;
const SCRIPT = /\bnpm run (?:-s |--silent )?([\w:-]+)/g;

/** Each file and each script that a command names. */
function commandFaults(document: MarkedDocument, { exists, scripts }: AzdFiles): Finding[] {
  return commandsIn(document.value, []).flatMap(({ path, command }) => [
    ...[...command.matchAll(PATH)].flatMap(([, file = '']) =>
      exists(file) ? [] : [document.fault(path, `There is no file "${file}" beside this one.`)],
    ),
    ...[...command.matchAll(SCRIPT)].flatMap(([, script = '']) =>
      scripts.includes(script)
        ? []
        : [document.fault(path, `package.json has no script "${script}".${didYouMean(script, scripts)}`)],
    ),
  ]);
}

function commandsIn(
  value: unknown,
  path: readonly (string | number)[],
): { path: readonly (string | number)[]; command: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const step = Array.isArray(value) ? Number(key) : key;
    const here = [...path, step];
    return key === 'run' && typeof inner === 'string'
      ? [{ path: here, command: inner }]
      : commandsIn(inner, here);
  });
}
