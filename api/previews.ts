// Previews over HTTP: what POST /api/preview answers.
import { z } from 'zod';

import { priceSchema } from '../domain/money/price';
import { noteSchema } from './submissions';

const estimateSchema = z
  .object({
    currency: z.string(),
    perHour: z.number().nonnegative().meta({ description: 'of what an attempt is given there' }),
    most: z
      .object({ amount: z.number().nonnegative(), seconds: z.number().nonnegative() })
      .meta({ description: 'of an attempt that uses up each deadline for which the platform bills' }),
    prices: z.array(priceSchema),
  })
  .meta({ id: 'Estimate', description: "By configured prices; the bill is the platform's." });

const outlookSchema = z
  .object({
    placement: z.string(),
    takes: z.boolean().meta({ description: 'whether it can hold the job at all' }),
    why: z.string().optional().meta({ description: 'why it does not, or why the job would have to wait' }),
    gpu: z.object({ count: z.number().int(), sku: z.string() }).optional(),
    resources: z.object({ cpu: z.number(), memoryGb: z.number() }).optional(),
    estimate: estimateSchema.optional().meta({ description: 'absent: no price is configured' }),
  })
  .meta({ id: 'Outlook', description: 'What a placement would say to the job.' });
export type OutlookView = z.infer<typeof outlookSchema>;

export const previewedSchema = z
  .object({
    spec: z
      .record(z.string(), z.unknown())
      .meta({ description: 'the native spec; a literal secret is { "withheld": true }' }),
    notes: z.array(noteSchema),
    idempotencyKey: z.string().optional().meta({ description: "the document's own" }),
    members: z
      .number()
      .int()
      .positive()
      .meta({ description: 'jobs that it makes: 1, or those of its array' }),
    placements: z.array(outlookSchema).meta({ description: 'in the order in which they would be tried' }),
    chosen: z.string().optional().meta({
      description: 'the placement that has room now; older waiting jobs go first. Absent: the job would wait',
    }),
  })
  .meta({ id: 'Previewed' });
export type Previewed = z.infer<typeof previewedSchema>;
