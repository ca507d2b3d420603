// Why a job waits, over HTTP: part of GET /api/jobs/{id} while it does.
import { z } from 'zod';

import { WAITING_REASONS } from '../domain/job/waiting-reason';
import { instantSchema } from './common';

export const waitingSchema = z
  .object({
    reason: z.enum(WAITING_REASONS).meta({
      description:
        'turn: nothing stands in its way but jobs before it; place: no free place, or no create left; quota, capacity: others have what it asks for; key: another job of its concurrency key; group: as many of its group as may run at once; drain: the deployment drains; notBefore: the delay before its next attempt. Where placements differ, that of the first',
    }),
    message: z.string().meta({ description: 'which placement, since when, who holds the key' }),
    position: z.number().int().nonnegative().meta({
      description:
        'how many waiting jobs come before it that may go to any of the same placements; some of them may wait for something else, and it may pass these',
    }),
    until: instantSchema.optional().meta({ description: 'when time alone changes it; absent: not known' }),
  })
  .meta({ id: 'Waiting', description: 'As the rows are now; no part of the ETag.' });
