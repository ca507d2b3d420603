// Evaluates a template as far as the stand-in can: parameters('…'), variables('…') and resourceGroup().location, and
// nothing else. It is written apart from the product's own evaluator, because tests compare the two.
import { type ParameterDeclaration, readTemplate, type TemplateResource } from './template-document';
import { invalidTemplate, notEvaluated } from './template-fault';

/** The members of a resource that its provider receives besides its location. */
const BODY_KEYS = ['tags', 'identity', 'zones', 'properties'] as const;

/** A resource whose expressions have been replaced by their values. */
export type EvaluatedResource = Pick<TemplateResource, 'type' | 'apiVersion' | 'name' | 'location'> &
  Readonly<Partial<Record<(typeof BODY_KEYS)[number], unknown>>>;

export interface Evaluated {
  readonly resources: readonly EvaluatedResource[];
  /** The parameters as a deployment shows them. */
  readonly parameters: Readonly<Record<string, { readonly type: string; readonly value: unknown }>>;
}

export interface EvaluationInput {
  readonly template: unknown;
  /** `{ "name": { "value": … } }`. */
  readonly parameters: Readonly<Record<string, { readonly value?: unknown }>>;
  readonly resourceGroupLocation: string;
}

const SHOWN_TYPES = { string: 'String', int: 'Int', bool: 'Bool' } as const;

const NAMED = /^(parameters|variables)\s*\(\s*'((?:[^']|'')*)'\s*\)$/i;
const LOCATION = /^resourceGroup\s*\(\s*\)\s*\.\s*location$/i;

/** Evaluates the template. Throws InvalidTemplate. */
export function evaluateTemplate(input: EvaluationInput): Evaluated {
  const template = readTemplate(input.template);
  const declared = template.parameters ?? {};
  const variables = template.variables ?? {};
  if (spelled(variables, 'copy') !== undefined) throw notEvaluated("'copy'", 'variables');
  checkGiven(Object.keys(declared), Object.keys(input.parameters));

  /** The names being evaluated just now. Meeting one of them again means a circle. */
  const open = new Set<string>();
  const once = (key: string, path: string, work: () => unknown): unknown => {
    if (open.has(key)) throw invalidTemplate(`The template has a circle of references through ${key}`, path);
    open.add(key);
    const value = work();
    open.delete(key);
    return value;
  };

  const parameter = (asked: string, path: string): unknown => {
    const name = spelled(declared, asked);
    const declaration = name === undefined ? undefined : declared[name];
    if (name === undefined || declaration === undefined)
      throw invalidTemplate(`The template parameter '${asked}' is not found`, path);
    const given = valueOf(input.parameters, name);
    if (given !== undefined) return checkType(name, declaration, given);
    if (declaration.defaultValue === undefined)
      throw invalidTemplate(
        `The value for the template parameter '${name}' is not provided. Please see https://aka.ms/arm-pass-parameter-values for usage details.`,
        `parameters.${name}`,
      );
    const at = `parameters.${name}.defaultValue`;
    return checkType(
      name,
      declaration,
      once(`parameters('${name}')`, path, () => evaluate(declaration.defaultValue, at)),
    );
  };

  const variable = (asked: string, path: string): unknown => {
    const name = spelled(variables, asked);
    if (name === undefined) throw invalidTemplate(`The template variable '${asked}' is not found`, path);
    return once(`variables('${name}')`, path, () => evaluate(variables[name], `variables.${name}`));
  };

  const expression = (text: string, path: string): unknown => {
    const [, kind, quoted] = NAMED.exec(text) ?? [];
    if (kind !== undefined && quoted !== undefined) {
      const name = quoted.replaceAll("''", "'");
      return kind.toLowerCase() === 'parameters' ? parameter(name, path) : variable(name, path);
    }
    if (LOCATION.test(text)) return input.resourceGroupLocation;
    throw notEvaluated(`the expression [${text}]`, path);
  };

  const evaluate = (value: unknown, path: string): unknown => {
    if (typeof value === 'string') {
      if (value.startsWith('[[')) return value.slice(1);
      return value.startsWith('[') && value.endsWith(']')
        ? expression(value.slice(1, -1).trim(), path)
        : value;
    }
    if (Array.isArray(value)) return value.map((item, index) => evaluate(item, `${path}[${index}]`));
    if (typeof value !== 'object' || value === null) return value;
    if (Object.keys(value).some((key) => key.toLowerCase() === 'copy')) throw notEvaluated("'copy'", path);
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, evaluate(item, `${path}.${key}`)]),
    );
  };

  const texts = (value: unknown, path: string): string => {
    const evaluated = evaluate(value, path);
    if (typeof evaluated === 'string') return evaluated;
    throw invalidTemplate(`The value at '${path}' must be a text, it is ${JSON.stringify(evaluated)}`, path);
  };

  return {
    parameters: Object.fromEntries(
      Object.entries(declared).map(([name, { type }]) => [
        name,
        { type: SHOWN_TYPES[type], value: parameter(name, `parameters.${name}`) },
      ]),
    ),
    resources: template.resources.map((resource, index) => {
      const at = (key: string): string => `resources[${index}].${key}`;
      const { type, apiVersion, name, location, ...rest } = resource;
      return {
        ...{ type, apiVersion, name: texts(name, at('name')) },
        ...(location !== undefined && { location: texts(location, at('location')) }),
        ...Object.fromEntries(
          BODY_KEYS.flatMap((key) => (rest[key] === undefined ? [] : [[key, evaluate(rest[key], at(key))]])),
        ),
      };
    }),
  };
}

function checkGiven(declared: readonly string[], given: readonly string[]): void {
  const unknown = given.filter(
    (name) => !declared.some((known) => known.toLowerCase() === name.toLowerCase()),
  );
  if (unknown.length === 0) return;
  throw invalidTemplate(
    `The template parameters '${unknown.join(', ')}' in the parameters file are not valid; they are not present in the original template and can therefore not be provided at deployment time. The only supported parameters for this template are '${declared.join(', ')}'. Please see https://aka.ms/arm-pass-parameter-values for usage details.`,
    'parameters',
  );
}

function checkType(name: string, { type }: ParameterDeclaration, value: unknown): unknown {
  const fits = {
    string: typeof value === 'string',
    int: Number.isInteger(value),
    bool: typeof value === 'boolean',
  }[type];
  if (fits) return value;
  throw invalidTemplate(
    `Template parameter JToken type is not valid. Expected '${type}'. Actual: ${JSON.stringify(value)}. Please see https://aka.ms/arm-pass-parameter-values for usage details.`,
    `parameters.${name}`,
  );
}

/** The given value; undefined if none is given. Throws for one given by reference. */
function valueOf(given: EvaluationInput['parameters'], name: string): unknown {
  const found = spelled(given, name);
  if (found === undefined) return undefined;
  const { value } = given[found] ?? {};
  if (value === undefined || value === null)
    throw notEvaluated('a parameter given otherwise than by a value', `parameters.${name}`);
  return value;
}

/** The key as it is spelled. Names of parameters and variables are read in any case. */
function spelled(record: Readonly<Record<string, unknown>>, asked: string): string | undefined {
  return Object.keys(record).find((known) => known.toLowerCase() === asked.toLowerCase());
}
