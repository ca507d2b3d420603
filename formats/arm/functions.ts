// The template functions that need nothing but their arguments, and why some others are not supported.
import type { Arguments } from './arguments';
import { TEXT_FUNCTIONS } from './text-functions';
import { VALUE_FUNCTIONS } from './value-functions';

/** Throws ExpressionError when the arguments are not what it takes. */
export type TemplateFunction = (args: Arguments) => unknown;

/** By their names as ARM's documentation writes them. */
export const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map([
  ...Object.entries(TEXT_FUNCTIONS),
  ...Object.entries(VALUE_FUNCTIONS),
]);

const NEEDS_AZURE =
  'asks Azure for something that only exists once a template is deployed; write the value, or make it a parameter';
const DIFFERS = 'differs each time, and the same submission must make the same job; make it a parameter';

/** Why some well-known functions are not supported, by their names in lower case. */
export const UNSUPPORTED: ReadonlyMap<string, string> = new Map([
  ['reference', NEEDS_AZURE],
  ['listkeys', NEEDS_AZURE],
  ['listsecrets', NEEDS_AZURE],
  ['listaccountsas', NEEDS_AZURE],
  ['listservicesas', NEEDS_AZURE],
  ['list', NEEDS_AZURE],
  ['getsecret', NEEDS_AZURE],
  ['managementgroup', NEEDS_AZURE],
  ['tenant', NEEDS_AZURE],
  ['environment', NEEDS_AZURE],
  ['deployment', NEEDS_AZURE],
  ['providers', NEEDS_AZURE],
  ['pickzones', NEEDS_AZURE],
  ['newguid', DIFFERS],
  ['utcnow', DIFFERS],
  ['copyindex', 'counts copies, and each job is submitted by itself'],
]);
