// Health over HTTP: what GET /api/health answers.
import { z } from 'zod';

import { instantSchema } from './common';

export const healthSchema = z
  .object({
    status: z.enum(['healthy', 'not swept']),
    owner: z
      .string()
      .meta({ description: "this deployment's id, which all its workloads bear in their tags" }),
    draining: z.boolean().meta({ description: 'nothing new is admitted' }),
    lastGoodSweep: instantSchema
      .nullable()
      .meta({ description: 'when everything could last be listed and read; null: never yet' }),
    lastGoodSweepAgeSeconds: z.number().int().nullable(),
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof healthSchema>;

export const unreachableSchema = z
  .object({ status: z.literal('storage unreachable'), detail: z.string() })
  .meta({ id: 'StorageUnreachable' });
export type Unreachable = z.infer<typeof unreachableSchema>;
