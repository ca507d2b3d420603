// How whole an attempt's log is, as the API shows it.
import { z } from 'zod';

import { instantSchema } from './common';

export const attemptLogSchema = z
  .object({
    state: z.enum(['completing', 'complete', 'stream-only']).meta({
      description:
        'stream-only: what the platform showed while the program ran is all there is; completing: the whole log is read from another source; complete: it was',
    }),
    since: instantSchema,
    generation: z.number().int().min(1).meta({
      description: 'the generation to read: the fullest one. 1 is what was shown while the program ran',
    }),
    bytes: z.number().int().min(0).optional().meta({ description: 'with complete: its length' }),
    source: z.string().meta({ description: 'where this generation comes from' }),
    limits: z.string().meta({ description: 'what it lacks, or does not hold for certain' }),
    fullerFrom: z.string().optional().meta({ description: 'with completing: the source that is read' }),
    why: z.string().optional().meta({ description: 'with stream-only: why, and what to do about it' }),
  })
  .meta({ id: 'AttemptLog' });
export type AttemptLogView = z.infer<typeof attemptLogSchema>;
