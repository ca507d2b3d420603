// The template functions that need nothing but their arguments, and why some others are not supported.
import { ExpressionError, VaryingError } from '../expression';
import { COLLECTION_FUNCTIONS } from './collection-functions';
import { ENCODING_FUNCTIONS } from './encoding-functions';
import { LAMBDA_FUNCTIONS } from './lambda-functions';
import { NUMBER_FUNCTIONS } from './number-functions';
import { byName, type NamedFunction } from './template-function';
import { TEXT_FUNCTIONS } from './text-functions';
import { VALUE_FUNCTIONS } from './value-functions';

/** By their names in lower case. */
export const FUNCTIONS: ReadonlyMap<string, NamedFunction> = byName([
  ...Object.entries(TEXT_FUNCTIONS),
  ...Object.entries(ENCODING_FUNCTIONS),
  ...Object.entries(VALUE_FUNCTIONS),
  ...Object.entries(NUMBER_FUNCTIONS),
  ...Object.entries(COLLECTION_FUNCTIONS),
  ...Object.entries(LAMBDA_FUNCTIONS),
]);

const NEEDS_AZURE =
  'asks Azure for something that only exists once a template is deployed; write the value, or make it a parameter';
const NEEDS_CLOUD =
  'tells of the cloud that a template is deployed to; write the value (in the public cloud its suffixes are .azurecr.io, core.windows.net, vault.azure.net)';

/** By their names in lower case. */
const UNSUPPORTED: ReadonlyMap<string, string> = new Map([
  ['reference', NEEDS_AZURE],
  ['references', NEEDS_AZURE],
  ['resourceinfo', NEEDS_AZURE],
  ['getsecret', NEEDS_AZURE],
  ['managementgroup', NEEDS_AZURE],
  ['tenant', NEEDS_AZURE],
  ['deployer', NEEDS_AZURE],
  ['providers', NEEDS_AZURE],
  ['pickzones', NEEDS_AZURE],
  ['environment', NEEDS_CLOUD],
]);

/** Why a function that is not among the known ones can't be called. `known` lists those. */
export function unsupported(name: string, known: string): ExpressionError {
  const key = name.toLowerCase();
  if (key === 'newguid' || key === 'utcnow') return new VaryingError(`calls ${name}()`);
  const why = UNSUPPORTED.get(key) ?? (/^list[a-z]*$/.test(key) ? NEEDS_AZURE : undefined);
  return new ExpressionError(
    why === undefined
      ? `calls ${name}(), which is not supported; supported are ${known}`
      : `calls ${name}(), which ${why}`,
  );
}
