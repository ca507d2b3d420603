// The notation in which the fields of API objects are written down as data, and its reader.
//
// `string`, `bool`, `int32`, `int64`, `time`, `microTime`, `quantity`, `intOrString`, `bytes`, `raw` are scalars (`raw`
// is any JSON); a capital letter begins the name of a struct. Before the type may stand, in this order:
//   `!`      always written, even when empty (no `omitempty` in the server's own types)
//   `*`      a pointer: an empty value (0, false, '') is kept, where it would be dropped otherwise
//   `{}`     a map from text to what follows
//   `[]`     a list that is replaced as a whole; `[=]` a set of scalars; `[a,b]` a list whose items are told apart by
//            these fields (for merging)

export type Scalar =
  'string' | 'bool' | 'int32' | 'int64' | 'time' | 'microTime' | 'quantity' | 'intOrString' | 'bytes' | 'raw';

export type FieldType =
  | { readonly kind: 'scalar'; readonly scalar: Scalar }
  | { readonly kind: 'struct'; readonly name: string }
  | { readonly kind: 'map'; readonly of: FieldType }
  | { readonly kind: 'list'; readonly of: FieldType; readonly items: ListItems };

/** How items of a list are told apart when two lists are merged. */
type ListItems =
  | { readonly kind: 'atomic' }
  | { readonly kind: 'set' }
  | { readonly kind: 'keyed'; readonly keys: readonly string[] };

export interface Field {
  readonly type: FieldType;
  readonly always: boolean;
  readonly pointer: boolean;
}

/** A struct's fields, by name, in the order in which the server writes them. */
export type StructFields = Readonly<Record<string, string>>;

const SCALARS: readonly Scalar[] = [
  'string',
  'bool',
  'int32',
  'int64',
  'time',
  'microTime',
  'quantity',
  'intOrString',
  'bytes',
  'raw',
];

/** Throws on a notation that says nothing: a fault of the data. */
export function parseField(notation: string): Field {
  const [, marks = '', rest = ''] = /^([!*]*)(.*)$/.exec(notation) ?? [];
  return { type: parseType(rest), always: marks.includes('!'), pointer: marks.includes('*') };
}

function parseType(notation: string): FieldType {
  if (notation.startsWith('{}')) return { kind: 'map', of: parseType(notation.slice(2)) };
  const list = /^\[([^\]]*)\](.*)$/.exec(notation);
  if (list) return { kind: 'list', of: parseType(list[2] ?? ''), items: itemsOf(list[1] ?? '') };
  if (/^[A-Z]\w*$/.test(notation)) return { kind: 'struct', name: notation };
  const scalar = SCALARS.find((one) => one === notation);
  if (scalar === undefined) throw new Error(`The field type ${JSON.stringify(notation)} means nothing.`);
  return { kind: 'scalar', scalar };
}

function itemsOf(notation: string): ListItems {
  if (notation === '') return { kind: 'atomic' };
  return notation === '=' ? { kind: 'set' } : { kind: 'keyed', keys: notation.split(',') };
}
