// Small damage to a text, as people, editors and attackers do to documents.
import * as fc from 'fast-check';

/** Pieces that mean something to a reader of JSON, YAML, templates or manifests. */
const PIECES = [
  ...[
    '[',
    ']',
    '{',
    '}',
    ':',
    ',',
    '-',
    '?',
    '- ',
    ': ',
    '\n',
    '\t',
    '  ',
    '#',
    '|',
    '>',
    '"',
    "'",
    '\\',
    '%',
    '@',
    '`',
    '!',
    '&a ',
    '*a',
  ],
  ...[
    '__proto__',
    '"__proto__":',
    'constructor',
    'prototype',
    '<<: *a',
    '<<: ',
    '!!binary ',
    '!!set ',
    '---\n',
    '...\n',
    '%YAML 1.1\n---\n',
    '\u0000',
    '\ufeff',
    '\u2028',
    '😀',
    '\ud800',
    '\x1f',
    '\x02',
    '\x18',
  ],
  ...[
    'null',
    '~',
    'true',
    'NaN',
    '.inf',
    '-0',
    '1e999',
    '0x1f',
    '0o17',
    '99999999999999999999',
    '2019-12-01',
    '500m',
    '1Ki',
    '$(A)',
    '$$',
  ],
  ...[
    "[parameters('p')]",
    "[variables('v')]",
    '[concat(',
    ')]',
    '[[',
    "''",
    '[resourceGroup().location]',
    "[json('{}')]",
    '{0}',
    '{{',
    '.a',
    '[0]',
  ],
  ...[
    'containers:',
    'properties:',
    'kind: Job\n',
    'apiVersion: v1\n',
    'template:',
    'image: ',
    'gpu:',
    'env:',
    'secure: ',
    'restartPolicy: Always',
    'valueFrom:',
  ],
];

type Mutation = (text: string, at: number, length: number, piece: string) => string;

const MUTATIONS: readonly Mutation[] = [
  (text, at, _length, piece) => text.slice(0, at) + piece + text.slice(at),
  (text, at, length) => text.slice(0, at) + text.slice(at + length),
  (text, at, length) => text.slice(0, at + length) + text.slice(at, at + length) + text.slice(at + length),
  (text, at, length, piece) => text.slice(0, at) + piece + text.slice(at + length),
  (text, at, length) => text.slice(0, at) + text.slice(at, at + length).repeat(20) + text.slice(at + length),
  (text, at, _length, piece) => text.slice(0, at) + piece.repeat(200) + text.slice(at),
  (text, at) => text.slice(0, at),
  (text, at, length) =>
    text.slice(0, at) + text.slice(at, at + length).toUpperCase() + text.slice(at + length),
];

/** One of the texts with up to eight changes. */
export function mutated(texts: readonly string[]): fc.Arbitrary<string> {
  const step = fc.tuple(
    fc.constantFrom(...MUTATIONS),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer({ min: 0, max: 60 }),
    fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 8 })),
  );
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(step, { maxLength: 8 }))
    .map(([text, steps]) =>
      steps.reduce(
        (now, [mutate, where, length, piece]) => mutate(now, Math.floor(where * now.length), length, piece),
        text,
      ),
    );
}

/** Texts made of such pieces alone. */
export const pieces: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 })), { maxLength: 60 })
  .map((parts) => parts.join(''));
