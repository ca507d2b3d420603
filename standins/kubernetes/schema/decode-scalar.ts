// Reads one scalar that a client sent, with the server's words for what it can't read.
import type { Json } from '../store/json';
import { isList, isObject } from '../store/json';
import type { FieldType, Scalar } from './field-type';
import { canonicalQuantity, milliOf } from './quantity';

/** Where a value stands. */
export interface Place {
  /** The struct whose field it is. */
  readonly struct: string;
  /** Names of fields from the root, without indexes and keys. */
  readonly fields: readonly string[];
  /** With indexes: `spec.template.spec.containers[0].image`. */
  readonly path: string;
}

/** A value whose type the field can't hold; the message is Go's. */
export class WrongType extends Error {
  override readonly name = 'WrongType';

  constructor(value: Json, place: Place, goType: string) {
    super(
      `json: cannot unmarshal ${jsonTypeOf(value)} into Go struct field ${place.struct}.${place.fields.join('.')} of type ${goType}`,
    );
  }
}

/** A text that a field's own reader refuses; the message is that reader's. */
export class WrongText extends Error {
  override readonly name = 'WrongText';
}

export function decodeScalar(scalar: Scalar, value: Json, place: Place): Json {
  switch (scalar) {
    case 'raw':
      return value;
    case 'bool':
      if (typeof value !== 'boolean') throw new WrongType(value, place, 'bool');
      return value;
    case 'int32':
    case 'int64':
      if (typeof value !== 'number') throw new WrongType(value, place, scalar);
      if (!Number.isInteger(value)) throw new WrongType(value, place, scalar);
      return value;
    case 'intOrString':
      if (typeof value !== 'number' && typeof value !== 'string') throw new WrongType(value, place, 'string');
      return value;
    case 'quantity':
      return decodeQuantity(value);
    case 'bytes':
      if (typeof value !== 'string') throw new WrongType(value, place, '[]uint8');
      return decodeBytes(value);
    case 'time':
    case 'microTime':
      if (typeof value !== 'string') throw new WrongType(value, place, 'string');
      if (Number.isNaN(Date.parse(value)))
        throw new WrongText(
          `parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(value)} as "2006"`,
        );
      return value;
    case 'string':
      if (typeof value !== 'string') throw new WrongType(value, place, 'string');
      return value;
  }
}

function decodeQuantity(value: Json): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || milliOf(text) === undefined)
    throw new WrongText(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    );
  return canonicalQuantity(text);
}

/** Go's reader stops at the first byte that is no base64. */
function decodeBytes(text: string): string {
  const plain = text.replace(/[\r\n]/g, '');
  const bad = /[^A-Za-z0-9+/=]/.exec(plain) ?? /=(?!=?$)/.exec(plain);
  const position = bad?.index ?? (plain.length % 4 === 0 ? -1 : plain.length - (plain.length % 4));
  if (position >= 0) throw new WrongText(`illegal base64 data at input byte ${position}`);
  return plain;
}

function jsonTypeOf(value: Json): string {
  if (isList(value)) return 'array';
  if (isObject(value)) return 'object';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** What the server writes for a field that is always written and was not given. */
export function zeroOf(type: FieldType): Json {
  if (type.kind === 'struct' || type.kind === 'map') return {};
  if (type.kind === 'list') return null;
  switch (type.scalar) {
    case 'bool':
      return false;
    case 'int32':
    case 'int64':
      return 0;
    case 'time':
    case 'microTime':
    case 'bytes':
    case 'raw':
      return null;
    case 'string':
      return '';
    case 'intOrString':
      return 0;
    case 'quantity':
      return '0';
  }
}
