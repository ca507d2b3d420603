// Reads the questions that kubectl asks in protobuf: access reviews, and requests for tokens.
import { isObject, type Json, type JsonObject } from '../store/json';

/** Every body begins so, before an envelope of apiVersion, kind and the object itself (runtime.Unknown). */
const MAGIC = Buffer.from('k8s\0');

type Fields = Readonly<Record<number, readonly [name: string, shape: Shape]>>;
type Shape = 'text' | 'texts' | 'number' | Fields;

const RESOURCE: Fields = {
  1: ['namespace', 'text'],
  2: ['verb', 'text'],
  3: ['group', 'text'],
  4: ['version', 'text'],
  5: ['resource', 'text'],
  6: ['subresource', 'text'],
  7: ['name', 'text'],
};

/** By kind, with the numbers of k8s.io/api's generated.proto; what is not listed is passed over. */
const KINDS: Readonly<Record<string, Fields>> = {
  SelfSubjectAccessReview: {
    2: [
      'spec',
      {
        1: ['resourceAttributes', RESOURCE],
        2: ['nonResourceAttributes', { 1: ['path', 'text'], 2: ['verb', 'text'] }],
      },
    ],
  },
  TokenRequest: { 2: ['spec', { 1: ['audiences', 'texts'], 4: ['expirationSeconds', 'number'] }] },
};

const ENVELOPE: Fields = { 1: ['type', { 1: ['apiVersion', 'text'], 2: ['kind', 'text'] }] };
/** The object's bytes in the envelope. */
const RAW = 2;

/** Undefined for a body that is none of these kinds. Throws RangeError for one that ends too early. */
export function readProtobuf(body: Buffer): JsonObject | undefined {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const envelope = body.subarray(MAGIC.length);
  const { type } = messageOf(envelope, ENVELOPE);
  if (!isObject(type)) return undefined;
  const { kind } = type;
  const fields = typeof kind === 'string' && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (fields === undefined) return undefined;
  const raw = fieldsOf(envelope).find(({ number }) => number === RAW)?.bytes;
  return { ...type, ...messageOf(raw ?? Buffer.alloc(0), fields) };
}

/** An empty text is left out, as in JSON: protobuf writes fields that nothing was set to. */
function messageOf(bytes: Buffer, fields: Fields): JsonObject {
  const message: Record<string, Json> = {};
  const listed: Record<string, string[]> = {};
  for (const { number, bytes: value, varint } of fieldsOf(bytes)) {
    const field = fields[number];
    if (field === undefined) continue;
    const [name, shape] = field;
    if (shape === 'number') message[name] = varint;
    else if (shape === 'texts') {
      const texts = (listed[name] ??= []);
      texts.push(value.toString('utf8'));
      message[name] = texts;
    } else if (shape !== 'text') message[name] = messageOf(value, shape);
    else if (value.length > 0) message[name] = value.toString('utf8');
  }
  return message;
}

interface WireField {
  readonly number: number;
  /** Of a field with a length; else empty. */
  readonly bytes: Buffer;
  /** Of a field without a length; else 0. */
  readonly varint: number;
}

/** The fields of a message in their order. Of wire types only those that these kinds use: numbers, and lengths. */
function fieldsOf(bytes: Buffer): WireField[] {
  const fields: WireField[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes.readUInt8(at);
      at += 1;
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const isCounted = (tag & 7) === 2;
    const value = varint();
    if (isCounted && at + value > bytes.length) throw new RangeError('The protobuf ends too early.');
    fields.push({
      number: tag >>> 3,
      bytes: isCounted ? bytes.subarray(at, at + value) : Buffer.alloc(0),
      varint: isCounted ? 0 : value,
    });
    if (isCounted) at += value;
  }
  return fields;
}
