// Writes ASN.1 in DER (ITU-T X.690), as much of it as a certificate needs.

/** One element of this tag, from its parts. */
export function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), length(content.length), content]);
}

export const sequence = (...parts: readonly Buffer[]): Buffer => element(0x30, ...parts);
export const set = (...parts: readonly Buffer[]): Buffer => element(0x31, ...parts);
export const octetString = (content: Buffer): Buffer => element(0x04, content);
export const text = (value: string): Buffer => element(0x0c, Buffer.from(value, 'utf8'));
export const boolean = (value: boolean): Buffer => element(0x01, Buffer.from([value ? 0xff : 0]));

/** `[number]` around a whole element. */
export const explicit = (number: number, content: Buffer): Buffer => element(0xa0 + number, content);

/** `[number]` in place of the tag that a primitive element would have. */
export const implicit = (number: number, content: Buffer): Buffer => element(0x80 + number, content);

/**
 * An unsigned number, highest byte first. If its highest bit is set a zero byte comes first, so that it does not read
 * as negative.
 */
export function unsigned(bytes: Buffer): Buffer {
  const from = bytes.findIndex((byte) => byte !== 0);
  const significant = from === -1 ? Buffer.from([0]) : bytes.subarray(from);
  const negative = ((significant[0] ?? 0) & 0x80) !== 0;
  return element(0x02, ...(negative ? [Buffer.from([0])] : []), significant);
}

/** The last `unusedBits` bits don't count. */
export const bitString = (content: Buffer, unusedBits = 0): Buffer =>
  element(0x03, Buffer.from([unusedBits]), content);

/** From its dotted form. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(0x06, ...[first * 40 + second, ...rest].map(base128));
}

/** UTCTime until 2049, GeneralizedTime from then on, both to the second (RFC 5280, 4.1.2.5). */
export function time(at: Date): Buffer {
  const digits = `${at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
  return at.getUTCFullYear() < 2050
    ? element(0x17, Buffer.from(digits.slice(2)))
    : element(0x18, Buffer.from(digits));
}

/** One byte up to 127; beyond that the number of bytes that follow, and those bytes. */
function length(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size]);
  const bytes = base256(size);
  return Buffer.from([0x80 + bytes.length, ...bytes]);
}

function base256(value: number): number[] {
  return value < 256 ? [value] : [...base256(Math.floor(value / 256)), value % 256];
}

/** Seven bits a byte. All bytes but the last have the highest bit set. */
function base128(value: number): Buffer {
  const bytes = [value % 128];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128))
    bytes.unshift(0x80 + (left % 128));
  return Buffer.from(bytes);
}
