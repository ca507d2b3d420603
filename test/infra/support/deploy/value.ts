// Values of Bicep while a deployment is played.

export type Value = string | number | boolean | null | readonly Value[] | ValueObject;
export interface ValueObject {
  readonly [member: string]: Value;
}

export function isObject(value: Value): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asObject(value: Value): ValueObject {
  if (isObject(value)) return value;
  throw new Error(`expected an object, found ${said(value)}`);
}

export function asList(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value as readonly Value[];
  throw new Error(`expected an array, found ${said(value)}`);
}

export function asText(value: Value): string {
  if (typeof value === 'string') return value;
  throw new Error(`expected a string, found ${said(value)}`);
}

export function asBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  throw new Error(`expected true or false, found ${said(value)}`);
}

/** The text that stands in a string for it. */
export function inText(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function said(value: Value): string {
  return JSON.stringify(value).slice(0, 200);
}
