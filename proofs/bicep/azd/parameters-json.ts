// main.parameters.json gives each parameter that needs a value, none that does not exist, and of the right types.
// azd puts in what stands in `${NAME}` or `${NAME=default}`.
import { z } from 'zod';

import type { Finding } from '../finding';
import { literalType } from '../model/declared-type';
import type { Model } from '../model/model';
import { ANY, ARRAY, isNullable, OBJECT, saidOfType, type Type, withoutNull } from '../model/type';
import { didYouMean } from '../nearest';
import { misfit } from '../rules/fits';
import { readMarkedDocument } from './marked-document';

const fileSchema = z.object({
  parameters: z.record(z.string(), z.looseObject({ value: z.unknown().optional() })),
});

const REFERENCE = /^\$\{([A-Za-z_][A-Za-z0-9_]*)(?:=([^}]*))?\}$/;

export function checkParametersJson(path: string, text: string, main: Model): Finding[] {
  const document = readMarkedDocument(path, text);
  if (document.faults.length > 0) return [...document.faults];
  const file = fileSchema.safeParse(document.value);
  if (!file.success) return [document.fault([], 'It needs "parameters": { "NAME": { "value": … } }.')];
  const given = file.data.parameters;
  const params = new Map(main.file.params.map((param) => [param.name.text, param]));
  const found: Finding[] = [];
  for (const [name, { value, reference }] of Object.entries(given)) {
    const param = params.get(name);
    const at = ['parameters', name];
    if (param === undefined)
      found.push(
        document.fault(at, `${main.file.path} has no parameter "${name}".${didYouMean(name, params.keys())}`),
      );
    else if (reference === undefined) {
      const reason = value === undefined ? 'it has no "value".' : unfit(value, main.paramType(param));
      if (reason !== undefined) found.push(document.fault([...at, 'value'], `"${name}": ${reason}`));
    }
  }
  for (const [name, param] of params)
    if (!Object.hasOwn(given, name) && param.value === undefined && !isNullable(main.paramType(param)))
      found.push(
        document.fault(
          ['parameters'],
          `The parameter "${name}" of ${main.file.path} has no default and no value here.`,
        ),
      );
  return found;
}

/** Why a value can't be given; undefined: it can. */
function unfit(value: unknown, expected: Type): string | undefined {
  if (typeof value === 'string' && value.includes('${')) {
    const [whole, , otherwise] = REFERENCE.exec(value) ?? [];
    if (whole === undefined)
      return withoutNull(expected).kind === 'string' && !/\$\{[^}]*$/.test(value)
        ? undefined
        : `"${value}" is no reference that azd reads: write "\${NAME}" or "\${NAME=default}".`;
    return otherwise === undefined || otherwise === '' ? undefined : misfitOfText(otherwise, expected);
  }
  return misfit(typeOfJson(value), expected);
}

/** azd reads a text as what the parameter is. */
function misfitOfText(text: string, expected: Type): string | undefined {
  const kinds = kindsOf(expected);
  if (kinds.includes('string')) return misfit({ kind: 'string', value: text }, expected);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return `expected ${saidOfType(expected)}, found "${text}".`;
  }
  return misfit(typeOfJson(value), expected);
}

function kindsOf(type: Type): Type['kind'][] {
  return type.kind === 'union' ? type.members.flatMap(kindsOf) : [type.kind];
}

function typeOfJson(value: unknown): Type {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return literalType(value);
  if (typeof value === 'number') return literalType(value);
  if (Array.isArray(value)) return ARRAY;
  return typeof value === 'object' ? OBJECT : ANY;
}
