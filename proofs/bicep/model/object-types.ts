// The types of objects that are written down, and of several put together.
import type { Expression, ObjectSyntax } from '../parse/syntax';
import { textOf } from './file';
import { ANY, itemOf, OBJECT, type Property, type Type } from './type';

/** Of an object that stands in the file: nothing more is in it, unless a member's name or a spread can't be told. */
export function objectOf(object: ObjectSyntax, of: (expression: Expression) => Type): Type {
  const properties = new Map<string, Property>();
  let others: Type | undefined;
  for (const member of object.members) {
    if (member.kind === 'spread') {
      const spread = of(member.value);
      if (spread.kind !== 'object') others = ANY;
      else {
        for (const [name, property] of spread.properties) properties.set(name, property);
        others ??= spread.others;
      }
      continue;
    }
    const name = 'text' in member.key ? member.key.text : textOf(member.key);
    const type = of(member.value);
    if (name === undefined) others = ANY;
    else properties.set(name, { type, required: true, readOnly: false, knownAtStart: true });
  }
  return { kind: 'object', name: 'object', properties, others };
}

/** Of `union(…)`: of objects the members of all, the later ones first; of arrays their items. */
export function unionOfObjects(types: readonly Type[]): Type {
  const properties = new Map<string, Property>();
  let others: Type | undefined;
  for (const type of types) {
    if (itemOf(type) !== undefined) return { kind: 'array', item: itemOfAll(types) };
    if (type.kind !== 'object') return ANY;
    for (const [name, property] of type.properties) properties.set(name, property);
    others ??= type.others;
  }
  return types.length === 0 ? OBJECT : { kind: 'object', name: 'object', properties, others };
}

/** Of lists that differ, nothing is told but of an empty one. */
function itemOfAll(types: readonly Type[]): Type {
  const items = types.map((type) => itemOf(type) ?? ANY);
  const told = items.filter(({ kind }) => kind !== 'any');
  return told.length === 1 ? (told[0] ?? ANY) : ANY;
}
