// Patches that look like the object: merged member by member (RFC 7386), or with lists merged as the kind wants it.
import type { FieldType } from '../schema/field-type';
import { fieldsOf, isStruct } from '../schema/structs';
import { at, isList, isObject, type Json, type JsonObject, listAt, sameJson, without } from '../store/json';

/** null takes a member away; a list is replaced as a whole. */
export function applyMergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const members = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null || value === undefined) members.delete(name);
    else members.set(name, applyMergePatch(members.get(name), value));
  }
  return Object.fromEntries(members);
}

/** Merges lists of the kind by their keys, and follows the directives that kubectl sends (`$patch` and others). */
export function applyStrategicPatch(kind: string, target: JsonObject, patch: JsonObject): JsonObject {
  return mergeObject(isStruct(kind) ? { kind: 'struct', name: kind } : ANY, target, patch);
}

const ANY: FieldType = { kind: 'scalar', scalar: 'raw' };

function mergeObject(type: FieldType, target: JsonObject, patch: JsonObject): JsonObject {
  const directive = patch['$patch'];
  if (directive === 'replace') return without(patch, '$patch');
  const retained = patch['$retainKeys'];
  const base = isList(retained)
    ? Object.fromEntries(Object.entries(target).filter(([name]) => retained.includes(name)))
    : target;
  const members = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(patch)) {
    if (name.startsWith('$deleteFromPrimitiveList/')) {
      const list = name.slice(name.indexOf('/') + 1);
      members.set(
        list,
        listAt(members.get(list) ?? null).filter(
          (one) => !listAt(value ?? null).some((gone) => sameJson(gone, one)),
        ),
      );
    } else if (name.startsWith('$')) continue;
    else if (value === null || value === undefined) members.delete(name);
    else {
      const order = patch[`$setElementOrder/${name}`];
      members.set(name, mergeValue(memberType(type, name), members.get(name), value, order));
    }
  }
  return Object.fromEntries(members);
}

function memberType(type: FieldType, name: string): FieldType {
  if (type.kind === 'map') return type.of;
  if (type.kind !== 'struct') return ANY;
  return name === 'kind' || name === 'apiVersion' ? ANY : (fieldsOf(type.name).get(name)?.type ?? ANY);
}

function mergeValue(type: FieldType, target: Json | undefined, patch: Json, order: Json | undefined): Json {
  if (isObject(patch))
    return isObject(target) ? mergeObject(type, target, patch) : mergeObject(type, {}, patch);
  if (!isList(patch) || type.kind !== 'list') return patch;
  const present = isList(target) ? target : [];
  switch (type.items.kind) {
    case 'atomic':
      return patch;
    case 'set':
      return [...present, ...patch.filter((one) => !present.some((other) => sameJson(one, other)))];
    case 'keyed':
      return ordered(
        mergeItems(type.of, type.items.keys[0] ?? '', present, patch),
        type.items.keys[0] ?? '',
        order,
      );
  }
}

function mergeItems(
  type: FieldType,
  key: string,
  target: readonly Json[],
  patch: readonly Json[],
): readonly Json[] {
  if (patch.some((item) => at(item, '$patch') === 'replace'))
    return patch.filter((item) => at(item, '$patch') !== 'replace');
  const merged = [...target];
  for (const item of patch) {
    if (!isObject(item)) continue;
    const index = merged.findIndex((one) => sameJson(at(one, key), item[key]));
    const present = merged[index];
    if (item['$patch'] === 'delete') {
      if (index >= 0) merged.splice(index, 1);
    } else if (isObject(present)) merged[index] = mergeObject(type, present, item);
    else merged.push(mergeObject(type, {}, item));
  }
  return merged;
}

/** What the order names comes in that order; all else stays behind what it followed. */
function ordered(items: readonly Json[], key: string, order: Json | undefined): readonly Json[] {
  if (!isList(order)) return items;
  const wanted = order.map((one) => at(one, key));
  const place = (item: Json): number => wanted.findIndex((value) => sameJson(value, at(item, key)));
  const named = items.filter((item) => place(item) >= 0).sort((a, b) => place(a) - place(b));
  return [...named, ...items.filter((item) => place(item) < 0)];
}
