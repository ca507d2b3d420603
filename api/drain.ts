// Draining over HTTP: what POST /api/drain takes and answers.
import { z } from 'zod';

export const drainSchema = z
  .strictObject({ draining: z.boolean({ error: 'must be true or false' }) })
  .meta({ id: 'Drain' });

export const controlSchema = z
  .object({
    draining: z.boolean(),
    lastGoodSweep: z.number().optional().meta({ description: 'epoch milliseconds' }),
  })
  .meta({ id: 'Control' });
