// What the API answers to submissions, conversions, cancellations and resubmissions.
import { z } from 'zod';

const noteSchema = z.looseObject({
  kind: z.string(),
  where: z
    .looseObject({
      line: z.number().optional(),
      column: z.number().optional(),
      pointer: z.string().optional(),
    })
    .optional(),
  message: z.string(),
});
/** What was translated, ignored or deserves a warning in a document of another format. */
export type SubmissionNote = z.infer<typeof noteSchema>;

export const acceptedSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  links: z.record(z.string(), z.string()).default({}),
  notes: z.array(noteSchema).default([]),
});
export type Accepted = z.infer<typeof acceptedSchema>;

export const convertedSchema = z.looseObject({ spec: z.unknown(), notes: z.array(noteSchema).default([]) });
export type Converted = z.infer<typeof convertedSchema>;

/** The ids of the canceled jobs, or how many there were. */
export const canceledManySchema = z.looseObject({ canceled: z.union([z.number(), z.array(z.string())]) });
export type CanceledMany = z.infer<typeof canceledManySchema>;
