// JSON text as Newtonsoft.Json writes it without indentation, which the extension stores and sends on.

/** A value from JSON.parse. `undefined` is left out. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue | undefined };

/**
 * The text of a value. It differs from JSON.stringify in how some numbers are written and in escaping U+0085, U+2028
 * and U+2029.
 */
export function writeJson(value: JsonValue): string {
  const text = JSON.stringify(value);
  return MAY_DIFFER.test(text) ? writeEach(value) : text;
}

/**
 * A number with a fraction or an exponent (or a text that looks like one), or a character that only Newtonsoft escapes.
 */
const MAY_DIFFER = /\d[.e]|[\u0085\u2028\u2029]/;

function writeEach(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value === 'string') return writeString(value);
  if (isArray(value)) return `[${value.map(writeEach).join(',')}]`;
  const members = Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [] : [`${writeString(name)}:${writeEach(member)}`],
  );
  return `{${members.join(',')}}`;
}

/**
 * Integers keep their digits. Other numbers follow .NET's shortest form, which turns to the exponent at 1E+15 and below
 * 0.0001 (JavaScript: 1e21 and 0.000001).
 */
export function writeNumber(value: number): string {
  const text = String(value);
  if (Number.isInteger(value) && !text.includes('e')) return text;
  const [digits = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 15) return text;
  const magnitude = String(Math.abs(exponent)).padStart(2, '0');
  return `${digits}E${exponent < 0 ? '-' : '+'}${magnitude}`;
}

function writeString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0085\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
