// Outputs of jobs over HTTP: what an attempt left, as a list and as content.
import { z } from 'zod';

import { isShareName } from '../domain/outputs/share-path';
import { instantSchema, wholeNumber } from './common';

const stateSchema = z.enum(['open', 'due', 'listed', 'unreadable']).meta({
  description:
    'open: the program may still write; listed: the list was made when the attempt settled; due: it is over and they could not be listed yet; unreadable: nor will it be',
});

export const attemptOutputsSummarySchema = z
  .object({
    state: stateSchema,
    files: z.number().int().optional(),
    bytes: z.number().int().optional().meta({ description: 'of all files' }),
    more: z
      .literal(true)
      .optional()
      .meta({ description: 'there were more files than a list holds, 100,000' }),
    at: instantSchema.optional().meta({ description: 'when they were listed' }),
    why: z.string().optional().meta({ description: 'why they could not be' }),
  })
  .meta({ id: 'AttemptOutputs' });
export type AttemptOutputsSummary = z.infer<typeof attemptOutputsSummarySchema>;

const outputSchema = z
  .object({
    path: z.string().meta({ description: "names below the attempt's folder, joined by /" }),
    bytes: z.number().int(),
    modifiedAt: instantSchema.optional(),
    late: z.enum(['added', 'changed', 'removed']).optional().meta({
      description: 'what became of it after the attempt settled; only in answers with late=true',
    }),
  })
  .meta({ id: 'Output' });
export type OutputView = z.infer<typeof outputSchema>;

export const outputsPageSchema = z
  .object({
    jobId: z.string(),
    attempt: z.number().int(),
    state: stateSchema,
    outputs: z.array(outputSchema),
    more: z.literal(true).optional().meta({ description: 'there are more than a list holds' }),
    continuation: z.string().optional().meta({ description: 'ask again with it for the next page' }),
  })
  .meta({ id: 'Outputs' });
export type OutputsPage = z.infer<typeof outputsPageSchema>;

const MOST_A_PAGE = 5_000;

export const outputsQuerySchema = z.object({
  attempt: wholeNumber(1, 9999).optional().meta({ description: 'default: the current attempt' }),
  limit: wholeNumber(1, MOST_A_PAGE).default(1_000),
  continuation: z
    .string()
    .regex(/^\d{1,9}$/, 'must be what the page before gave, unchanged')
    .optional()
    .meta({ description: 'from the page before' }),
  late: z.enum(['true', 'false']).optional().meta({
    description: 'true: instead of the list, how the folder differs from it by now',
  }),
});

const MOST_OF_A_PATH = 2_048;

export const outputContentQuerySchema = z.object({
  path: z
    .string()
    .min(1)
    .max(MOST_OF_A_PATH)
    .refine(
      (path) => path.split('/').every(isShareName),
      'must be a path as the list names it: names joined by "/", none of them empty, "." or ".."',
    )
    .meta({ description: 'as the list names it' }),
});

/** One answer carries so much at most; a client asks for the rest by Range. */
export const MOST_OF_CONTENT = 8 * 1024 * 1024;
