// Submissions over HTTP: what POST /api/jobs and its kin take beside the document, and what they answer.
import { z } from 'zod';

import { jobIdSchema } from '../domain/job/names';
import { spelledAs } from '../domain/parse/any-case';
import { jobSpecSchema } from '../domain/spec/job-spec';

/** The native document, named for the API's description. */
export const nativeSpecSchema = jobSpecSchema.meta({
  id: 'JobSpec',
  description: 'What to run. Unknown fields are errors.',
});

/** How long an idempotency key may be, characters. */
export const MAX_KEY_CHARACTERS = 256;

export const idempotencyHeadersSchema = z.object({
  'Idempotency-Key': z.string().min(1).max(MAX_KEY_CHARACTERS).optional().meta({
    description: 'the same key again is the same job: a request that was not answered can be repeated',
  }),
});

/** Policies under which a job ends. */
const ENDING_POLICIES = ['OnFailure', 'Never'] as const;

export const documentQuerySchema = z.object({
  format: z
    .enum(['native', 'aci-yaml', 'arm-template', 'kubernetes'])
    .optional()
    .meta({ description: 'default: told from the document' }),
  location: z.string().min(1).max(64).optional().meta({
    description: 'the region of an ACI or ARM document that names none; placements decide where a job runs',
  }),
  restartPolicy: z
    .preprocess(
      (value) => (typeof value === 'string' ? spelledAs(ENDING_POLICIES, value) : value),
      z.enum(ENDING_POLICIES),
    )
    .optional()
    .meta({ description: "in any case; instead of a document's policy Always, which never ends a job" }),
});

export const noteSchema = z
  .object({
    kind: z.enum(['translated', 'ignored', 'warning']),
    where: z.object({
      line: z.number().int().optional(),
      column: z.number().int().optional(),
      pointer: z.string().optional(),
    }),
    message: z.string(),
  })
  .meta({ id: 'Note', description: "What became of a document's field that a spec does not have." });

const specChangeSchema = z
  .object({
    pointer: z.string().meta({ description: 'JSON pointer (RFC 6901) into the spec' }),
    from: z.unknown().optional().meta({ description: 'absent: the spec did not have it' }),
    to: z.unknown().optional().meta({ description: 'absent: the spec does not have it any more' }),
  })
  .meta({
    id: 'SpecChange',
    description: 'A field that an override changed; a literal secret is { "withheld": true }.',
  });

export const overridesSchema = z
  .record(z.string(), z.unknown())
  .refine((overrides) => !('idempotencyKey' in overrides), {
    error: 'must not name an idempotencyKey: the key of the new job comes in the header Idempotency-Key',
  })
  .meta({
    description:
      'a JSON Merge Patch (RFC 7396) of the spec: mappings are merged by name, lists and plain values are replaced, null takes a field away; a value of env is replaced as a whole',
  });

export const submittedSchema = z
  .object({
    id: jobIdSchema,
    state: z.literal('Queued'),
    links: z.object({ self: z.string(), logs: z.string(), cancel: z.string() }),
    notes: z.array(noteSchema).optional(),
    changed: z.array(specChangeSchema).optional().meta({ description: 'what overrides changed of the spec' }),
  })
  .meta({ id: 'Submitted' });
export type Submitted = z.infer<typeof submittedSchema>;

export const convertedSchema = z
  .object({ spec: nativeSpecSchema, notes: z.array(noteSchema) })
  .meta({ id: 'Converted' });
export type Converted = z.infer<typeof convertedSchema>;
