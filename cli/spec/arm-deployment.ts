// An ARM template and values of its parameters, wrapped the way that Resource Manager's own deployments are.
import { readFileSync } from 'node:fs';

import { z } from 'zod';

import { messageOf } from '../../domain/errors';
import { parameterType } from '../../formats/arm/parameter-type';
import { readJsonSource } from '../../formats/source/json-source';
import { Lines } from '../../formats/source/lines';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { placeInWords } from '../show/note';
import { decodeText } from './decode-text';
import { parsePair } from './pairs';

export interface ArmParameters {
  /** `NAME=VALUE`, or the path of a parameter file. */
  readonly parameters?: readonly string[];
}

const parameterFile = z.union([
  z.looseObject({ parameters: z.record(z.string(), z.unknown()) }).transform(({ parameters }) => parameters),
  z.record(z.string(), z.unknown()),
]);

/**
 * The document as it is where there are no parameters. Otherwise it must be a template in JSON: its text goes into the
 * deployment as it stands, so that a problem is told in the line that it has in the file.
 */
export function armDeployment(document: string, { parameters = [] }: ArmParameters): string {
  if (parameters.length === 0) return document;
  const template = parseJson('--parameters needs a template in JSON, and this document', document);
  const values = JSON.stringify(parametersOf(parameters, template));
  return `{"properties":{"template":${document.replace(/^\uFEFF/, '')}\n,"parameters":${values}}}`;
}

/** Later ones win, as with `az deployment group create --parameters`. `template` says of which type a parameter is. */
export function parametersOf(given: readonly string[], template: unknown): Record<string, unknown> {
  return Object.assign({}, ...given.map((one) => oneOf(one, template))) as Record<string, unknown>;
}

function oneOf(given: string, template: unknown): Record<string, unknown> {
  if (!given.includes('=') || given.startsWith('@')) return fromFile(given.replace(/^@/, ''));
  const [name, text] = parsePair('--parameters', given);
  return { [name]: { value: valueOf(text, parameterType(template, name)) } };
}

function fromFile(path: string): Record<string, unknown> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new CliError(`The parameter file "${path}" can't be read: ${messageOf(error)}`, EXIT.notFound, {
      cause: error,
    });
  }
  const text = decodeText(path, bytes);
  const parsed = parameterFile.safeParse(parseJson(`The parameter file "${path}"`, text));
  if (parsed.success) return parsed.data;
  throw new CliError(
    `The parameter file "${path}" must hold an object { "parameters": { "name": { "value": … } } }.`,
    EXIT.refused,
  );
}

/**
 * A parameter of type string has the text as it stands (`1.10`, `true`); any other what the text is in JSON, or else
 * the text.
 */
function valueOf(text: string, type: string | undefined): unknown {
  if (type === 'string' || type === 'securestring') return text;
  if (type === 'bool' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  const read = readJsonSource(text, new Lines(text));
  return read.kind === 'json' ? read.root.value : text;
}

/** In the dialect of templates and parameter files, which may have comments. */
function parseJson(what: string, text: string): unknown {
  const read = readJsonSource(text, new Lines(text));
  if (read.kind === 'json') return read.root.value;
  const { where, message } = read.problem;
  throw new CliError(`${what} is not JSON: ${placeInWords(where)}: ${message}`, EXIT.refused);
}
