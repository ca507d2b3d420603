// What strangers put on a queue: specs, events and other texts, with names that the host uses itself.
import * as fc from 'fast-check';

/** What the host says of a message, each of which a body can replace (QueueTriggerBinding). */
const HOST_NAMES = [
  'Id',
  'DequeueCount',
  'InsertionTime',
  'ExpirationTime',
  'NextVisibleTime',
  'PopReceipt',
  'QueueTrigger',
];

const anyCase = fc.mixedCase(fc.constantFrom(...HOST_NAMES));

const spec = fc.record(
  {
    image: fc.constantFrom('example/program:1', 'example/other:2'),
    name: fc.string({ maxLength: 5 }),
    idempotencyKey: fc.constantFrom('key 1', 'key 2'),
    gpu: fc.constantFrom({ count: 1 }, { count: 3 }),
    env: fc.constantFrom({ A: 'b' }, { A: { secure: 'hush' } }),
  },
  { requiredKeys: ['image'] },
);
const event = fc.record({
  id: fc.oneof(fc.constant('A234-1234-1234'), fc.uuid(), fc.jsonValue()),
  source: fc.constant('/mycontext'),
  data: fc.oneof(spec, fc.jsonValue()),
});
const replacing = fc.dictionary(anyCase, fc.jsonValue(), { maxKeys: 9 });
const allSeven = fc
  .tuple(...HOST_NAMES.map((name) => fc.jsonValue().map((value) => [name, value] as const)))
  .map((members) => Object.fromEntries(members) as object);

const objects: fc.Arbitrary<object> = fc.oneof(
  spec,
  event,
  allSeven,
  fc.tuple(spec, replacing).map(([one, other]) => ({ ...one, ...other })),
  fc.tuple(replacing, event).map(([one, other]) => ({ ...one, ...other })),
);
const deep = fc
  .tuple(fc.constantFrom(['[', ']'], ['{"a":', '}']), fc.integer({ min: 1, max: 10_000 }))
  .map(([[open = '', close = ''], depth]) => `{"id":"x","b":${open.repeat(depth)}1${close.repeat(depth)}}`);

/** Texts of messages. */
export const queueBodies: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: objects.map((value) => JSON.stringify(value)), weight: 6 },
  { arbitrary: objects.map((value) => JSON.stringify(JSON.stringify(value))), weight: 1 },
  { arbitrary: objects.map((value) => `[${JSON.stringify(value)}]`), weight: 1 },
  { arbitrary: objects.map((value) => JSON.stringify(value).replaceAll('"', "'")), weight: 1 },
  { arbitrary: objects.map((value) => `/* c */ ${JSON.stringify(value)}`), weight: 1 },
  {
    arbitrary: objects.map((value) => Buffer.from(JSON.stringify(value)).toString('base64')),
    weight: 1,
  },
  { arbitrary: fc.json(), weight: 1 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 60 }), weight: 1 },
  { arbitrary: deep, weight: 1 },
);
