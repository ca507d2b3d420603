// Whether a value is what a template declares of a parameter, with the types that Bicep writes: objects by property,
// lists by item.
import { isMapping } from '../reader';
import { ExpressionError } from './expression';
import { keyOf } from './objects';
import { followed } from './parameter-type';

type Declaration = Readonly<Record<string, unknown>>;

/** Types within types; a recursive one ends with its value. */
const DEEPEST_VALUE = 32;

/**
 * Throws ExpressionError when the value is not of the declared type or breaks its rules. The error never quotes the
 * value.
 */
export function checkParameter(
  name: string,
  declaration: Declaration,
  value: unknown,
  definitions: unknown,
): void {
  const wrong = wrongWith(declaration, value, definitions, '');
  if (wrong !== undefined) throw new ExpressionError(`uses the parameter ${name}, whose ${wrong}`);
}

/** Whether a value of the type holds a secret anywhere. */
export function isSecureType(declaration: Declaration, definitions: unknown, depth = 0): boolean {
  if (depth > DEEPEST_VALUE) return false;
  const type = declaration['type'];
  if (typeof type === 'string' && type.toLowerCase().startsWith('secure')) return true;
  return partsOf(declaration).some((part) => {
    const target = followed(part, definitions);
    return target !== undefined && isSecureType(target, definitions, depth + 1);
  });
}

function partsOf({ properties, items, prefixItems, additionalProperties }: Declaration): Declaration[] {
  const listed = isMapping(properties) ? Object.values(properties) : [];
  const inOrder: readonly unknown[] = Array.isArray(prefixItems) ? prefixItems : [];
  return [...listed, ...inOrder, items, additionalProperties].filter(isMapping);
}

function wrongWith(
  declared: Declaration,
  value: unknown,
  definitions: unknown,
  path: string,
): string | undefined {
  const declaration = followed(declared, definitions);
  const what = path === '' ? 'value' : `value at ${path.slice(0, 200)}`;
  if (declaration === undefined) return `${what} is of a type that the template does not define`;
  if (value === null) return declaration['nullable'] === true ? undefined : `${what} must not be null`;
  const type = typeof declaration['type'] === 'string' ? declaration['type'].toLowerCase() : '';
  if (!isOfType(value, type)) return `${what} must be of type ${type}`;
  const allowed = declaration['allowedValues'];
  if (Array.isArray(allowed) && !isAllowed(value, allowed))
    return `${what} must be one of ${JSON.stringify(allowed).slice(0, 500)}`;
  return brokenBound(declaration, value, what) ?? wrongInside(declaration, value, definitions, path);
}

/** Of a list, each item may be one of those that are allowed. */
function isAllowed(value: unknown, allowed: readonly unknown[]): boolean {
  const has = (one: unknown): boolean =>
    allowed.some((other) => JSON.stringify(other) === JSON.stringify(one));
  return has(value) || (Array.isArray(value) && value.every(has));
}

function brokenBound(declaration: Declaration, value: unknown, what: string): string | undefined {
  const length = typeof value === 'string' || Array.isArray(value) ? value.length : undefined;
  const bounds = { minValue: value, maxValue: value, minLength: length, maxLength: length };
  for (const [bound, actual] of Object.entries(bounds)) {
    const limit = declaration[bound];
    if (typeof limit !== 'number' || typeof actual !== 'number') continue;
    if (bound.startsWith('min') ? actual < limit : actual > limit)
      return `${what} breaks its ${bound} of ${limit}`;
  }
  return undefined;
}

function wrongInside(
  declaration: Declaration,
  value: unknown,
  definitions: unknown,
  path: string,
): string | undefined {
  if (Array.isArray(value)) return wrongItem(declaration, value, definitions, path);
  if (!isMapping(value)) return undefined;
  const properties = isMapping(declaration['properties']) ? declaration['properties'] : {};
  for (const [name, declared] of Object.entries(properties)) {
    const key = keyOf(value, name);
    const wrong = isMapping(declared)
      ? wrongWith(declared, key === undefined ? null : value[key], definitions, `${path}/${name}`)
      : undefined;
    if (wrong !== undefined)
      return key === undefined ? `value has no ${`${path}/${name}`.slice(1, 200)}` : wrong;
  }
  const further = declaration['additionalProperties'];
  for (const [name, member] of Object.entries(value)) {
    if (keyOf(properties, name) !== undefined) continue;
    if (further === false)
      return `value has ${`${path}/${name}`.slice(1, 200)}, which its type does not have`;
    const wrong = isMapping(further) ? wrongWith(further, member, definitions, `${path}/${name}`) : undefined;
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function wrongItem(
  { items, prefixItems }: Declaration,
  value: readonly unknown[],
  definitions: unknown,
  path: string,
): string | undefined {
  const inOrder: readonly unknown[] = Array.isArray(prefixItems) ? prefixItems : [];
  if (items === false && value.length > inOrder.length) return `value has more than ${inOrder.length} items`;
  for (const [index, item] of value.entries()) {
    const declared = inOrder[index] ?? items;
    const wrong = isMapping(declared)
      ? wrongWith(declared, item, definitions, `${path}/${index}`)
      : undefined;
    if (wrong !== undefined) return wrong;
  }
  return undefined;
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
      return true; // No type, or one that is reported already.
  }
}
