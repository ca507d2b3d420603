// Requests to the API: what its operations accept, mixed with what they don't.
import fc from 'fast-check';

import type { Operation } from '../../../api/openapi/operation';
import { OPERATIONS } from '../../../api/openapi/operations';
import type { Call } from './app-in-memory';

const TEXTS = [
  ...[
    '',
    '0',
    '1',
    '50',
    '201',
    '-1',
    '1.5',
    '1e9',
    'true',
    'null',
    '*',
    '%00',
    '\u0000',
    '__proto__',
    '日本',
  ],
  ...[
    'Failed',
    'Queued',
    'team=a',
    '=',
    '2026-01-01T00:00:00Z',
    '2026-13-01',
    'V100',
    'native',
    'kubernetes',
  ],
  ...['nightly', 'Europe/Berlin', '0 3 * * *', '99999999999999-j0000000000000000000', 'x'.repeat(300)],
];
const text = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...TEXTS) }, fc.string());

/** Accepted, unless its key is taken already. */
const goodSpec = fc.record(
  {
    image: fc.constantFrom('example/program:1', 'nvcr.io/nvidia/cuda'),
    command: fc.constant(['program', '--fast']),
    env: fc.constant({ MODE: 'fast', TOKEN: { secure: 'value' } }),
    gpu: fc.constantFrom({ count: 1 }, { count: 2, sku: 'V100' }),
    labels: fc.constant({ team: 'a' }),
    name: fc.string({ minLength: 1, maxLength: 128 }),
  },
  { requiredKeys: ['image'] },
);

/** A spec of which some fields are likely to be wrong. */
const oddSpec = fc.record(
  {
    image: fc.oneof(fc.constantFrom('example/program:1', 'nvcr.io/nvidia/cuda'), text),
    command: fc.oneof(fc.array(text, { maxLength: 3 }), text),
    args: fc.array(text, { maxLength: 2 }),
    env: fc.dictionary(
      fc.oneof(fc.constantFrom('A', 'TOKEN'), text),
      fc.oneof(text, fc.record({ secure: text }), fc.record({ secretRef: text })),
      { maxKeys: 3 },
    ),
    resources: fc.record({ cpu: fc.constantFrom(1, 2, 0.5, -1), memoryGb: fc.constantFrom(1.5, 12, 1e9) }),
    gpu: fc.record(
      { count: fc.constantFrom(1, 2, 0), sku: fc.constantFrom('V100', 'A100') },
      { requiredKeys: ['count'] },
    ),
    deadlines: fc.record(
      { running: fc.constantFrom(60, 0, 1e9), provisioning: fc.constantFrom(600, 1) },
      { requiredKeys: [] },
    ),
    placements: fc.array(fc.constantFrom('eastus', 'nowhere'), { maxLength: 2 }),
    labels: fc.dictionary(text, text, { maxKeys: 3 }),
    idempotencyKey: text,
    name: text,
    unknown: fc.jsonValue(),
  },
  { requiredKeys: ['image'] },
);

const spec = fc.oneof(goodSpec, oddSpec);

const goodSchedule = fc.record({
  cron: fc.constantFrom('0 3 * * *', '*/5 * * * *'),
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin'),
  spec: fc.constant({ image: 'example/program:1' }),
  overlap: fc.constantFrom('allow', 'skip', 'replace'),
  catchUp: fc.constantFrom('skip', 'one'),
});

const oddSchedule = fc.record(
  {
    cron: fc.oneof(fc.constantFrom('0 3 * * *', '0 0 31 2 *'), text),
    timeZone: fc.oneof(fc.constantFrom('UTC', 'Europe/Berlin'), text),
    spec,
    overlap: fc.constantFrom('allow', 'other'),
    paused: fc.boolean(),
    from: fc.oneof(fc.constant('2026-01-01T00:00:00Z'), text),
  },
  { requiredKeys: ['cron', 'spec'] },
);

const overrides = fc.oneof(
  fc.record({
    env: fc.dictionary(text, fc.oneof(text, fc.record({ secure: text }))),
    gpu: fc.constant(null),
  }),
  fc.dictionary(text, fc.jsonValue(), { maxKeys: 2 }),
);

const BODIES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  resubmitJob: fc.record({ overrides }, { requiredKeys: [] }),
  cancelJobs: fc.oneof(fc.constant({ all: true }), fc.record({ labels: fc.dictionary(text, text) })),
  resubmitJobs: fc.record(
    {
      state: fc.constantFrom('Failed', 'Canceled', 'Rejected', 'Running'),
      label: fc.dictionary(text, text),
      since: text,
    },
    { requiredKeys: ['state'] },
  ),
  drain: fc.record({ draining: fc.oneof(fc.boolean(), text) }),
  putSchedule: fc.oneof(goodSchedule, oddSchedule),
};

function bodyOf({ id, body }: Operation): fc.Arbitrary<string | undefined> {
  if (body === undefined) return fc.constant(undefined);
  const asked = BODIES[id] ?? spec;
  return fc.oneof(
    { weight: 6, arbitrary: asked.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.json() },
    {
      weight: 1,
      arbitrary: fc.tuple(asked, fc.nat(200)).map(([value, at]) => JSON.stringify(value).slice(0, at)),
    },
    { weight: 1, arbitrary: text },
  );
}

/** Half of the operation's parameters, and now and then another. */
function queryOf({ query }: Operation): fc.Arbitrary<Record<string, string>> {
  const taken = Object.keys(query?.shape ?? {}).filter((name) => name !== 'wait');
  const known = fc.record(Object.fromEntries(taken.map((name) => [name, text])), { requiredKeys: [] });
  const odd = fc.dictionary(text, text, { maxKeys: 1 });
  return fc
    .tuple(fc.boolean(), known, fc.nat(9), odd)
    .map(([plain, some, die, other]) => (plain ? {} : without({ ...some, ...(die === 0 ? other : {}) })));
}

function callOf(
  operation: Operation,
  known: Readonly<Record<string, readonly string[]>>,
): fc.Arbitrary<Call> {
  const params = Object.keys(operation.path?.shape ?? {}).map((name) => {
    const names = known[name] ?? [];
    return [name, fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...names) }, text)] as const;
  });
  const headers = Object.keys(operation.headers?.shape ?? {}).map(
    (name) =>
      [
        name.toLowerCase(),
        fc.oneof(fc.constantFrom('key', '*', '"etag"', ''), fc.stringMatching(/^[\x21-\x7e]{1,300}$/)),
      ] as const,
  );
  return fc
    .tuple(
      fc.record(Object.fromEntries(params)),
      queryOf(operation),
      fc.oneof(
        { weight: 2, arbitrary: fc.constant({}) },
        fc.record(Object.fromEntries(headers), { requiredKeys: [] }),
      ),
      bodyOf(operation),
    )
    .map(([given, query, sent, body]) => ({
      id: operation.id,
      method: operation.method,
      params: without(given),
      query,
      headers: without(sent),
      ...(body === undefined ? {} : { body }),
    }));
}

/** The members that exist: to the types, fields that are left out are undefined. */
function without(some: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(some).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** `known`: names that paths may be filled with, by parameter. */
export function anyCall(known: Readonly<Record<string, readonly string[]>>): fc.Arbitrary<Call> {
  return fc.oneof(...OPERATIONS.map((operation) => callOf(operation, known)));
}
