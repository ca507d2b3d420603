// Objects that template functions make: names count in any case, and none may be `__proto__`.
import { ExpressionError } from './expression';
import { isObject } from './marks';

export function objectOf(members: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  const made = new Map<string, readonly [string, unknown]>();
  for (const [name, value] of members) {
    if (name === '__proto__') throw new ExpressionError('names a field __proto__, which none may be named');
    const key = name.toLowerCase();
    const present = made.get(key);
    if (present !== undefined && present[0] !== name)
      throw new ExpressionError(
        `makes an object with the names ${present[0].slice(0, 100)} and ${name.slice(0, 100)}, which differ in case only`,
      );
    made.set(key, [name, value]);
  }
  return Object.fromEntries(made.values());
}

/** Of the same name the last member counts; `deep`: objects of the same name are merged in turn. */
export function mergedObjects(
  objects: readonly Readonly<Record<string, unknown>>[],
  how: 'deep' | 'shallow',
): Record<string, unknown> {
  const merged = new Map<string, unknown>();
  for (const [name, value] of objects.flatMap((object) => Object.entries(object))) {
    const present = merged.get(name);
    const isBoth = how === 'deep' && isObject(present) && isObject(value);
    merged.set(name, isBoth ? mergedObjects([present, value], how) : value);
  }
  return objectOf(merged);
}

/** The member's name as the object spells it. */
export function keyOf(value: Readonly<Record<string, unknown>>, name: string): string | undefined {
  if (Object.hasOwn(value, name)) return name;
  const wanted = name.toLowerCase();
  return Object.keys(value).find((candidate) => candidate.toLowerCase() === wanted);
}
