// Reads what a client sent into the form that the server keeps: its fields alone, in the server's order, of the right
// types; and tells which fields it does not know.
import { isList, isObject, type Json, type JsonObject } from '../store/json';
import { decodeScalar, type Place, WrongType, zeroOf } from './decode-scalar';
import type { Field, FieldType } from './field-type';
import { fieldsOf } from './structs';

export interface Decoded {
  readonly value: JsonObject;
  /** Paths of fields that the server does not know, in the order of their coming. */
  readonly unknown: readonly string[];
}

/**
 * Decodes a body of the kind `struct`. Members `kind` and `apiVersion` of the body are kept. Throws a WrongType, worded
 * as the server words it.
 */
export function decode(struct: string, body: JsonObject): Decoded {
  const unknown: string[] = [];
  const { kind, apiVersion, ...rest } = body;
  const value = decodeStruct(struct, rest, { struct, fields: [], path: '' }, unknown);
  return { value: { kind, apiVersion, ...value }, unknown };
}

function decodeStruct(struct: string, value: JsonObject, place: Place, unknown: string[]): JsonObject {
  const fields = fieldsOf(struct);
  const decoded = new Map<string, Json>();
  for (const [name, sent] of Object.entries(value)) {
    const path = place.path === '' ? name : `${place.path}.${name}`;
    const field = fields.get(name);
    if (!field) unknown.push(path);
    else if (sent !== undefined && sent !== null)
      decoded.set(
        name,
        decodeType(field.type, sent, { struct, fields: [...place.fields, name], path }, unknown),
      );
  }
  return inOrder(fields, decoded);
}

/** In the order of the fields; empty values are dropped, but where the server always writes the field. */
function inOrder(fields: ReadonlyMap<string, Field>, decoded: ReadonlyMap<string, Json>): JsonObject {
  const members: [string, Json][] = [];
  for (const [name, field] of fields) {
    const value = decoded.get(name);
    if (value !== undefined && !isDropped(field, value)) members.push([name, value]);
    else if (field.always) members.push([name, value ?? emptyOf(field.type)]);
  }
  return Object.fromEntries(members);
}

/** A struct that is always written also writes its own fields of that kind. */
function emptyOf(type: FieldType): Json {
  return type.kind === 'struct' ? inOrder(fieldsOf(type.name), new Map()) : zeroOf(type);
}

function isDropped(field: Field, value: Json): boolean {
  if (field.type.kind === 'map') return isObject(value) && Object.keys(value).length === 0;
  if (field.type.kind === 'list') return isList(value) && value.length === 0;
  return !field.pointer && (value === '' || value === 0 || value === false);
}

function decodeType(type: FieldType, value: Json, place: Place, unknown: string[]): Json {
  switch (type.kind) {
    case 'scalar':
      return decodeScalar(type.scalar, value, place);
    case 'struct':
      if (!isObject(value)) throw new WrongType(value, place, goName(type));
      return decodeStruct(type.name, value, place, unknown);
    case 'map': {
      if (!isObject(value)) throw new WrongType(value, place, goName(type));
      const names = Object.keys(value).sort();
      return Object.fromEntries(
        names.map((name) => {
          const member = value[name] ?? null;
          const path = `${place.path}.${name}`;
          return [
            name,
            member === null ? zeroOf(type.of) : decodeType(type.of, member, { ...place, path }, unknown),
          ];
        }),
      );
    }
    case 'list':
      if (!isList(value)) throw new WrongType(value, place, goName(type));
      return value.map((item, index) => {
        const path = `${place.path}[${index}]`;
        return item === null ? zeroOf(type.of) : decodeType(type.of, item, { ...place, path }, unknown);
      });
  }
}

/** As the server's own types are called in its complaints. */
function goName(type: FieldType): string {
  switch (type.kind) {
    case 'scalar':
      return type.scalar === 'quantity' ? 'resource.Quantity' : type.scalar;
    case 'struct':
      return `v1.${type.name}`;
    case 'map':
      return `map[string]${goName(type.of)}`;
    case 'list':
      return `[]${goName(type.of)}`;
  }
}
