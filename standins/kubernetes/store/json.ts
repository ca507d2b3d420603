// JSON values as the stand-in keeps them, and how their parts are read and replaced without changing what others hold.

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A member that is undefined counts as absent. */
export interface JsonObject {
  readonly [member: string]: Json | undefined;
}

/** One step of a path: a member's name, or an element's index. */
export type Step = string | number;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** What stands at the path; undefined where a step leads nowhere. */
export function at(value: Json | undefined, ...path: readonly Step[]): Json | undefined {
  let current = value;
  for (const step of path) {
    if (typeof step === 'number') current = isList(current) ? current[step] : undefined;
    else current = isObject(current) && Object.hasOwn(current, step) ? current[step] : undefined;
  }
  return current;
}

/** The object at the path; an empty one where there is none. */
export function objectAt(value: Json | undefined, ...path: readonly Step[]): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

/** The list at the path; an empty one where there is none. */
export function listAt(value: Json | undefined, ...path: readonly Step[]): readonly Json[] {
  const found = at(value, ...path);
  return isList(found) ? found : [];
}

/** The text at the path, or undefined where there is none. */
export function textAt(value: Json | undefined, ...path: readonly Step[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** The number at the path, or undefined where there is none. */
export function numberAt(value: Json | undefined, ...path: readonly Step[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

/** A scalar as text; nothing is the empty text, and a compound is its JSON. */
export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The same without some of its members. */
export function without(value: JsonObject, ...members: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !members.includes(name)));
}

/** Reads JSON text; throws a SyntaxError for any other. */
export function parseJson(text: string): Json {
  const value: unknown = JSON.parse(text);
  if (!isJson(value)) throw new SyntaxError('JSON holds nothing but JSON.');
  return value;
}

/** Whether the value is of JSON's kinds; what is within an object or a list is not looked at. */
function isJson(value: unknown): value is Json {
  return value === null || ['boolean', 'number', 'string', 'object'].includes(typeof value);
}

/**
 * The same with another value at the path of members; undefined takes the member away. Members that are missing on the
 * way are made.
 */
export function withAt(
  value: JsonObject,
  path: readonly string[],
  replacement: Json | undefined,
): JsonObject {
  const [member, ...rest] = path;
  if (member === undefined) throw new RangeError('A path of no members names nothing.');
  const inner = rest.length === 0 ? replacement : withAt(objectAt(value, member), rest, replacement);
  if (inner !== undefined) return { ...value, [member]: inner };
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== member));
}

/** Whether both say the same, whatever the order of members. Absent and undefined are one. */
export function sameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (isList(one))
    return isList(other) && one.length === other.length && one.every((item, i) => sameJson(item, other[i]));
  if (!isObject(one) || !isObject(other)) return false;
  const members = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...members].every((member) => sameJson(at(one, member), at(other, member)));
}

/** Makes the value and all in it unchangeable, and returns it. */
export function frozen<T extends Json>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) if (part !== undefined) frozen(part);
  return Object.freeze(value);
}
