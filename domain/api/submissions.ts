// Submissions over HTTP: what POST /api/jobs and its kin take beside the document, and what they answer.
import { z } from 'zod';

import { jobSpecSchema } from '../job-spec';
import { jobIdSchema } from './common';

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

export const documentQuerySchema = z.object({
  format: z
    .enum(['native', 'aci-yaml', 'arm-template', 'kubernetes'])
    .optional()
    .meta({ description: 'default: told from the document' }),
  location: z.string().min(1).max(64).optional().meta({
    description: 'the region of an ACI or ARM document that names none; placements decide where a job runs',
  }),
  restartPolicy: z
    .enum(['OnFailure', 'Never'])
    .optional()
    .meta({ description: "instead of a document's policy Always, which never ends a job" }),
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

export const submittedSchema = z
  .object({
    id: jobIdSchema,
    state: z.literal('Queued'),
    links: z.object({ self: z.string(), logs: z.string(), cancel: z.string() }),
    notes: z.array(noteSchema).optional(),
  })
  .meta({ id: 'Submitted' });
export type Submitted = z.infer<typeof submittedSchema>;

export const convertedSchema = z
  .object({ spec: nativeSpecSchema, notes: z.array(noteSchema) })
  .meta({ id: 'Converted' });
export type Converted = z.infer<typeof convertedSchema>;
