// A template's parameters as declared, and the values that are given for them.
import { isMapping, type Reader } from '../reader';
import { isSecureType } from './parameter-check';
import { followed } from './parameter-type';

/** A parameter as declared. */
export interface Declared {
  readonly name: string;
  /** With its references to definitions followed. */
  readonly declaration: Readonly<Record<string, unknown>>;
  /** Where it has a default. */
  readonly standard: Reader;
  readonly isSecure: boolean;
}

/**
 * What a template declares: its parameters by name in lower case (ARM takes names in any case), and its definitions of
 * types.
 */
export interface Declarations {
  readonly parameters: ReadonlyMap<string, Declared>;
  readonly definitions: unknown;
}

const TYPES = ['string', 'securestring', 'int', 'bool', 'object', 'secureobject', 'array'];

export function declarationsOf(template: Reader): Declarations {
  const parameters = template.at('parameters');
  const definitions = template.at('definitions').value;
  const declared = new Map<string, Declared>();
  if (!parameters.present || !parameters.isMapping()) return { parameters: declared, definitions };
  for (const name of parameters.keys()) {
    const reader = parameters.at(name);
    if (!reader.isMapping() || !isMapping(reader.value)) continue;
    const declaration = followed(reader.value, definitions);
    if (declaration === undefined) {
      reader.at('$ref').problem('refers to a type that the template does not define');
      continue;
    }
    const type = declaration['type'];
    if (typeof type !== 'string' || !TYPES.includes(type.toLowerCase()))
      reader.at('type').problem(`must be one of ${TYPES.join(', ')}`);
    const isSecure = isSecureType(declaration, definitions);
    declared.set(name.toLowerCase(), { name, declaration, standard: reader.at('defaultValue'), isSecure });
  }
  return { parameters: declared, definitions };
}

/** A value for a parameter, and how to say that something is wrong with it. */
export interface Given {
  /** Throws ExpressionError. */
  readonly value: () => unknown;
  readonly problem: (message: string) => void;
}

/**
 * Values as `az deployment group create --parameters` takes them: plain, or `{ "value": … }` as parameter files have
 * them.
 */
export function givenParameters(
  beside: Readonly<Record<string, unknown>>,
  inBody: Reader | undefined,
  template: Reader,
): ReadonlyMap<string, Given> {
  const given = new Map<string, Given>();
  for (const [name, reader] of inBody === undefined ? [] : membersOf(parametersIn(inBody))) {
    if (isMapping(reader.value) && Object.hasOwn(reader.value, 'reference'))
      reader.problem(
        'refers to a key vault, which is read by a deployment; give the value, or a `secretRef` in the native form',
      );
    const value = unwrapped(reader.value);
    given.set(name.toLowerCase(), {
      value: () => value,
      problem: (message) => {
        reader.problem(`is a parameter that ${message}`);
      },
    });
  }
  for (const [name, of] of Object.entries(beside)) {
    const value = unwrapped(of);
    given.set(name.toLowerCase(), {
      value: () => value,
      problem: (message) => {
        template.problem(`gets a parameter ${JSON.stringify(name.slice(0, 100))} that ${message}`);
      },
    });
  }
  return given;
}

/** The parameters themselves, where a whole parameter file stands in their place. */
function parametersIn(body: Reader): Reader {
  const isFile = typeof body.at('$schema').value === 'string' && isMapping(body.at('parameters').value);
  return isFile ? body.at('parameters') : body;
}

/** Members of a mapping, also those that are null. */
export function membersOf(of: Reader): (readonly [string, Reader])[] {
  if (!of.present || !of.isMapping() || !isMapping(of.value)) return [];
  return Object.keys(of.value).map((name) => [name, of.at(name)]);
}

/** An object of these names alone is taken for a parameter file's; any other is the value itself. */
function unwrapped(value: unknown): unknown {
  const isWrapped =
    isMapping(value) &&
    Object.hasOwn(value, 'value') &&
    Object.keys(value).every((name) => name === 'value' || name === 'metadata');
  return isWrapped ? value['value'] : value;
}
