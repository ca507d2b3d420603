// A template's parameters: what was given, else the default; checked as the template declares them.
import { isMapping, type Reader } from '../reader';
import { ExpressionError } from './expression';

/** A parameter as declared. */
export interface Declared {
  readonly name: string;
  readonly reader: Reader;
  readonly type: string;
  readonly isSecure: boolean;
}

const TYPES = ['string', 'securestring', 'int', 'bool', 'object', 'secureobject', 'array'];

/** By name in lower case: ARM takes parameters' names in any case. */
export function declaredParameters(parameters: Reader): ReadonlyMap<string, Declared> {
  const declared = new Map<string, Declared>();
  if (!parameters.present || !parameters.isMapping()) return declared;
  for (const name of parameters.keys()) {
    const reader = parameters.at(name);
    if (!reader.isMapping()) continue;
    const type = (reader.at('type').text() ?? 'string').toLowerCase();
    if (!TYPES.includes(type)) reader.at('type').problem(`must be one of ${TYPES.join(', ')}`);
    declared.set(name.toLowerCase(), { name, reader, type, isSecure: type.startsWith('secure') });
  }
  return declared;
}

/** A value for a parameter, and how to say that something is wrong with it. */
export interface Given {
  readonly value: unknown;
  readonly problem: (message: string) => void;
}

/** Values as `az deployment group create --parameters` takes them: plain, or `{ "value": … }` as parameter files have them. */
export function givenParameters(
  beside: Readonly<Record<string, unknown>>,
  inBody: Reader | undefined,
  template: Reader,
): ReadonlyMap<string, Given> {
  const given = new Map<string, Given>();
  const names = inBody?.present === true && inBody.isMapping() ? inBody.keys() : [];
  for (const name of names) {
    const reader = inBody?.at(name) ?? template;
    if (isMapping(reader.value) && Object.hasOwn(reader.value, 'reference'))
      reader.problem(
        'refers to a key vault, which is read by a deployment; give the value, or a `secretRef` in the native form',
      );
    given.set(name.toLowerCase(), {
      value: unwrapped(reader.value),
      problem: (message) => {
        reader.problem(`is a parameter that ${message}`);
      },
    });
  }
  for (const [name, value] of Object.entries(beside))
    given.set(name.toLowerCase(), {
      value: unwrapped(value),
      problem: (message) => {
        template.problem(`gets a parameter ${JSON.stringify(name.slice(0, 100))} that ${message}`);
      },
    });
  return given;
}

function unwrapped(value: unknown): unknown {
  return isMapping(value) && Object.hasOwn(value, 'value') ? value['value'] : value;
}

/** Throws ExpressionError when the value is not of the declared type or breaks its rules; the value itself is never told. */
export function checkParameter({ name, type, reader }: Declared, value: unknown): void {
  if (!isOfType(value, type))
    throw new ExpressionError(`uses the parameter ${name}, whose value must be of type ${type}`);
  const allowed = reader.at('allowedValues').value;
  if (Array.isArray(allowed) && !allowed.includes(value))
    throw new ExpressionError(
      `uses the parameter ${name}, whose value must be one of ${JSON.stringify(allowed).slice(0, 500)}`,
    );
  const bounds = { minValue: value, maxValue: value, minLength: lengthOf(value), maxLength: lengthOf(value) };
  for (const [bound, actual] of Object.entries(bounds)) {
    const limit = reader.at(bound).value;
    if (typeof limit !== 'number' || typeof actual !== 'number') continue;
    if (bound.startsWith('min') ? actual < limit : actual > limit)
      throw new ExpressionError(`uses the parameter ${name}, whose value breaks its ${bound} of ${limit}`);
  }
}

function lengthOf(value: unknown): number | undefined {
  return typeof value === 'string' || Array.isArray(value) ? value.length : undefined;
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'string':
    case 'securestring':
      return typeof value === 'string';
    case 'int':
      return typeof value === 'number' && Number.isSafeInteger(value);
    case 'bool':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value);
    case 'object':
    case 'secureobject':
      return isMapping(value);
    default:
      return true; // The declaration is reported already.
  }
}
