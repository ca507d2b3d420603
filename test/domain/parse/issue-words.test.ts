import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import fc from 'fast-check';
import { glob } from 'tinyglobby';
import { z } from 'zod';

import { cancelJobsSchema } from '../../../api/cancel-jobs';
import { drainSchema } from '../../../api/drain';
import { jobListQuerySchema, jobLogsQuerySchema, jobQuerySchema } from '../../../api/jobs';
import { placementsQuerySchema } from '../../../api/placements';
import { resubmitJobsSchema } from '../../../api/resubmit-jobs';
import { scheduleWriteSchema } from '../../../api/schedules';
import { placementSchema } from '../../../backends/backends';
import { parseUntrusted } from '../../../domain/parse/parse-untrusted';
import { scheduleSchema } from '../../../domain/schedule/schedule';
import { jobSpecSchema, problemsOf, type SpecProblem } from '../../../domain/spec/job-spec';
import { policySchema } from '../../../domain/spec/policy';

function problems(schema: z.ZodType, value: unknown): SpecProblem[] {
  const parsed = parseUntrusted(schema, value);
  return parsed.success ? [] : problemsOf(parsed.error);
}

type Example = readonly [schema: z.ZodType, value: unknown, said: string];

/** One row or more for every kind of issue. If zod gains a kind, this does not compile without its row. */
const KINDS: Readonly<Record<z.core.$ZodIssueCode, readonly Example[]>> = {
  invalid_type: [
    [z.strictObject({ image: z.string() }), {}, '/image is missing, must be a text'],
    [z.string(), 5, 'is a number, must be a text'],
    [z.number(), 'five', 'is a text, must be a number'],
    [z.number().int(), 1.5, 'is 1.5, must be a whole number'],
    [z.boolean(), null, 'is null, must be true or false'],
    [z.array(z.string()), { a: 1 }, 'is an object, must be a list'],
    [z.strictObject({}), ['a'], 'is a list, must be an object'],
    [z.record(z.string(), z.string()), true, 'is true, must be an object'],
    [z.coerce.number(), 'x', 'must be a number'],
  ],
  too_small: [
    [z.number().min(2), 1, 'is 1, must be at least 2'],
    [z.number().gt(2), 2, 'is 2, must be more than 2'],
    [z.string().min(1), '', 'is empty, must have at least 1 character'],
    [z.array(z.string()).min(2), ['a'], 'has 1, must have at least 2 items'],
    [z.array(z.string()).min(1), [], 'is empty, must have at least 1 item'],
    [z.string().length(3), 'ab', 'has 2, must have exactly 3 characters'],
  ],
  too_big: [
    [z.number().max(4), 5, 'is 5, must be at most 4'],
    [z.number().lt(4), 4, 'is 4, must be less than 4'],
    [z.string().max(2), 'abc', 'has 3, must have at most 2 characters'],
    [z.array(z.string()).max(1), ['a', 'b'], 'has 2, must have at most 1 item'],
  ],
  invalid_format: [
    [z.string().regex(/^a$/), 'b', 'must match /^a$/'],
    [z.iso.datetime(), 'noon', 'must be a date and time such as 2026-11-22T03:00:00Z'],
    [z.url(), 'x', 'must be a URL such as https://example.com'],
    [z.string().startsWith('a'), 'b', 'must begin with "a"'],
    [z.string().endsWith('a'), 'b', 'must end with "a"'],
    [z.string().includes('a'), 'b', 'must hold "a"'],
    [z.jwt(), 'x', 'must be of the format jwt'],
  ],
  not_multiple_of: [[z.number().multipleOf(5), 7, 'is 7, must be a multiple of 5']],
  unrecognized_keys: [[z.strictObject({}), { colour: 1 }, '/colour is not a known field']],
  invalid_union: [
    [z.union([z.string(), z.number()]), true, 'is true, must be a text or a number'],
    [z.union([z.string(), z.literal('x')]), 5, 'is 5, must be a text or "x"'],
    [
      z.union([z.string(), z.strictObject({ a: z.number() })]),
      { a: 'x' },
      'does not fit: a is a text, must be a number',
    ],
    [
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('a') }),
        z.strictObject({ kind: z.literal('b') }),
      ]),
      { kind: 'c' },
      '/kind must have "kind": one of "a", "b"',
    ],
  ],
  invalid_key: [
    [z.record(z.string().max(2), z.string()), { long: 'x' }, '/long has 4, must have at most 2 characters'],
  ],
  invalid_element: [
    [z.map(z.string(), z.string()), new Map<unknown, unknown>([[{}, 5]]), 'is an object, must be a text'],
  ],
  invalid_value: [
    [z.enum(['allow', 'skip']), 'sometimes', 'is "sometimes", must be one of "allow", "skip"'],
    [z.literal(true), false, 'is false, must be true'],
    [z.enum(['a']), 'x'.repeat(50), 'is a text, must be "a"'],
    [z.enum(['a']), undefined, 'is missing, must be "a"'],
  ],
  custom: [[z.string().refine(() => false), 'x', 'has a value that is not allowed']],
};

describe('what a schema objects to is said in our own words', () => {
  for (const [code, examples] of Object.entries(KINDS))
    test.each(examples)(`${code} %#`, (schema, value, said) => {
      const parsed = schema.safeParse(value);
      expect(parsed.error?.issues[0]?.code).toBe(code === 'invalid_element' ? 'invalid_key' : code);
      const [problem] = problems(schema, value);
      expect(`${problem?.pointer ?? ''} ${problem?.message ?? ''}`.trim()).toBe(said);
    });
});

/** Zod's own words. */
const ZOD =
  /invalid (?:input|option|string|key|value|discriminator)|received|unrecognized|too (?:big|small)|expected/i;

const SCHEMAS = {
  spec: jobSpecSchema,
  placement: placementSchema,
  policy: policySchema,
  schedule: scheduleSchema,
  'schedule of the API': scheduleWriteSchema,
  cancel: cancelJobsSchema,
  drain: drainSchema,
  resubmit: resubmitJobsSchema,
  'jobs query': jobListQuerySchema,
  'job query': jobQuerySchema,
  'logs query': jobLogsQuerySchema,
  'placements query': placementsQuerySchema,
} as const;

test.each(Object.entries(SCHEMAS))(
  'whatever comes as %s, the message has no phrase of the library and no text of the value',
  (_name, schema) => {
    const names = Object.keys(
      z
        .record(z.string(), z.unknown())
        .catch({})
        .parse((z.toJSONSchema(schema, { unrepresentable: 'any' }) as { properties?: unknown }).properties),
    );
    const secret = 'open sesame, a text that is long enough to be a secret';
    const values = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(secret, [secret], { a: secret }, { gpu: secret }, -1, 1.5, 1e9, [], {}, ''),
    );
    const documents = fc.oneof(
      values,
      fc.dictionary(fc.constantFrom(...names, 'colour'), values, { maxKeys: 6 }),
    );
    fc.assert(
      fc.property(documents, (document) => {
        for (const { message } of problems(schema, document)) {
          expect(message).not.toMatch(ZOD);
          expect(message).toMatch(/^(?:is|has|must|does not|fits|names|takes|cannot|can't|needs|may) /);
          expect(message).not.toContain('sesame');
        }
      }),
      { numRuns: 300 },
    );
  },
);

test('every message about a schema comes from the one place that says it in our words', async () => {
  const root = resolve(__dirname, '../../..');
  const files = await glob(
    [
      '{domain,app,functions,formats,cli,client,storage}/**/*.ts',
      'local/{stack,aci,functions-host}/*settings.ts',
    ],
    { cwd: root },
  );
  expect(files.length).toBeGreaterThan(100);
  for (const file of files) {
    const text = await readFile(resolve(root, file), 'utf8');
    const tells = /problemsOf\(|\.issues\b|error\.message|prettifyError/.test(text);
    const isRaw = text.includes('.safeParse(') && file !== 'domain/parse/parse-untrusted.ts';
    expect({ file, both: tells && isRaw && !text.includes('parseUntrusted') }).toEqual({ file, both: false });
  }
});
