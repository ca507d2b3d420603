// The fields that an object has, each by its path, as owners of fields are written down (`managedFields`).
import { type Field, type FieldType } from '../schema/field-type';
import { fieldsOf, isStruct } from '../schema/structs';
import { at, isList, isObject, type Json, type JsonObject, sameJson } from '../store/json';

/** `f:NAME`, `k:{KEYS}` or `v:VALUE`: a member, an item told by its keys, an item of a set. */
export type PathElement = string;

/** Elements joined by NUL, which is in none of them. */
export type FieldPath = string;

const JOIN = '\0';

export function pathOf(elements: readonly PathElement[]): FieldPath {
  return elements.join(JOIN);
}

export function elementsOf(path: FieldPath): readonly PathElement[] {
  return path.split(JOIN);
}

/** Structs that one owner has as a whole (`x-kubernetes-map-type: atomic` in the API's types). */
const ATOMIC = [
  'LabelSelector',
  'LocalObjectReference',
  'NodeSelector',
  'NodeSelectorTerm',
  'ObjectFieldSelector',
  'ObjectReference',
  'OwnerReference',
  'ResourceFieldSelector',
  'KeySelector',
  'FileKeySelector',
];

/** Maps that one owner has as a whole, by struct and field. */
const ATOMIC_MAPS = ['PodSpec.nodeSelector'];

/** What is never owned: it names the object, or only the server sets it. */
const NOT_OWNED = [
  'f:apiVersion',
  'f:kind',
  ...[
    'name',
    'namespace',
    'uid',
    'resourceVersion',
    'generation',
    'creationTimestamp',
    'managedFields',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'generateName',
    'selfLink',
  ].map((name) => pathOf(['f:metadata', `f:${name}`])),
];

/** The paths of all that the object sets; `kind` names the struct. */
export function fieldPaths(kind: string, object: JsonObject): ReadonlySet<FieldPath> {
  const paths = new Set<FieldPath>();
  const type: FieldType = isStruct(kind)
    ? { kind: 'struct', name: kind }
    : { kind: 'struct', name: 'AnyKind' };
  collect(type, object, [], paths);
  for (const path of NOT_OWNED) paths.delete(path);
  return paths;
}

function collect(type: FieldType, value: Json, path: readonly PathElement[], paths: Set<FieldPath>): void {
  if (isObject(value) && path.length + Object.keys(value).length > 0 && !isWhole(type, value)) {
    for (const [name, member] of Object.entries(value)) {
      if (member === undefined || member === null) continue;
      collect(memberType(type, name), member, [...path, `f:${name}`], paths);
    }
    return;
  }
  if (isList(value) && type.kind === 'list' && type.items.kind !== 'atomic') {
    for (const item of value) {
      const own = [...path, itemElement(type.items, item)];
      paths.add(pathOf(own));
      if (isObject(item)) collect(type.of, item, own, paths);
    }
    return;
  }
  paths.add(pathOf(path));
}

function isWhole(type: FieldType, value: JsonObject): boolean {
  if (Object.keys(value).length === 0) return true;
  return type.kind === 'struct' ? ATOMIC.includes(type.name) : type.kind !== 'map' && type.kind !== 'scalar';
}

function memberType(type: FieldType, name: string): FieldType {
  if (type.kind === 'map') return type.of;
  if (type.kind !== 'struct') return { kind: 'scalar', scalar: 'raw' };
  const field: Field | undefined = fieldsOf(type.name).get(name);
  if (field === undefined) return { kind: 'scalar', scalar: 'raw' };
  return ATOMIC_MAPS.includes(`${type.name}.${name}`)
    ? { kind: 'list', of: field.type, items: { kind: 'atomic' } }
    : field.type;
}

function itemElement(items: Extract<FieldType, { kind: 'list' }>['items'], item: Json): PathElement {
  if (items.kind !== 'keyed') return `v:${JSON.stringify(item)}`;
  return `k:${JSON.stringify(
    Object.fromEntries(
      items.keys.flatMap((key) => {
        const value = at(item, key);
        return value === undefined ? [] : [[key, value]];
      }),
    ),
  )}`;
}

/** The value at a path; undefined where there is none. */
export function valueAt(object: Json, path: FieldPath): Json | undefined {
  return elementsOf(path).reduce<Json | undefined>((value, element) => {
    if (value === undefined) return undefined;
    const told = element.slice(2);
    if (element.startsWith('f:')) return at(value, told);
    return isList(value) ? value.find((item) => fits(item, element)) : undefined;
  }, object);
}

/** Whether an element of a path tells this item. */
export function fits(item: Json, element: PathElement): boolean {
  const told: unknown = JSON.parse(element.slice(2));
  if (element.startsWith('v:')) return JSON.stringify(item) === element.slice(2);
  return isObject(told) && Object.entries(told).every(([key, value]) => sameJson(at(item, key), value));
}

/** As messages name a path: `.spec.template.spec.containers[name="main"].image`. */
export function wordsOf(path: FieldPath): string {
  return elementsOf(path)
    .map((element) => {
      const told = element.slice(2);
      if (element.startsWith('f:')) return `.${told}`;
      if (element.startsWith('v:')) return `[=${told}]`;
      const keys: unknown = JSON.parse(told);
      const pairs = isObject(keys) ? Object.entries(keys) : [];
      return `[${pairs.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
    })
    .join('');
}
