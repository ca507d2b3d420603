// An ARM template and values of its parameters, wrapped the way that Resource Manager's own deployments are.
import { readFileSync } from 'node:fs';

import { z } from 'zod';

import { messageOf } from '../../domain/errors';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { parsePair } from './pairs';

export interface ArmParameters {
  /** `NAME=VALUE`, or the path of a parameter file. */
  readonly parameters?: readonly string[];
}

const parameterFile = z.union([
  z.looseObject({ parameters: z.record(z.string(), z.unknown()) }).transform(({ parameters }) => parameters),
  z.record(z.string(), z.unknown()),
]);

/** The document as it is where there are no parameters. Otherwise it must be a template in JSON. */
export function armDeployment(document: string, { parameters = [] }: ArmParameters): string {
  if (parameters.length === 0) return document;
  const template = parseJson('--parameters needs a template in JSON, and this document', document);
  return JSON.stringify({ properties: { template, parameters: parametersOf(parameters) } });
}

/** Later ones win, as with `az deployment group create --parameters`. */
export function parametersOf(given: readonly string[]): Record<string, unknown> {
  return Object.assign({}, ...given.map(oneOf)) as Record<string, unknown>;
}

function oneOf(given: string): Record<string, unknown> {
  if (!given.includes('=') || given.startsWith('@')) return fromFile(given.replace(/^@/, ''));
  const [name, value] = parsePair('--parameters', given);
  return { [name]: { value: valueOf(value) } };
}

function fromFile(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(`The parameter file "${path}" can't be read: ${messageOf(error)}`, EXIT.notFound, {
      cause: error,
    });
  }
  const parsed = parameterFile.safeParse(parseJson(`The parameter file "${path}"`, text));
  if (parsed.success) return parsed.data;
  throw new CliError(
    `The parameter file "${path}" must hold an object { "parameters": { "name": { "value": … } } }.`,
    EXIT.refused,
  );
}

/** Numbers, true, false, lists and objects as JSON has them; anything else is a text. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // No JSON: then it is the text itself.
  }
}

function parseJson(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError(`${what} is not JSON: ${messageOf(error)}`, EXIT.refused, { cause: error });
  }
}
