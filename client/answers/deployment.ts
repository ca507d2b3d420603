// What the API tells of the deployment itself: its health, whether it drains.
import { z } from 'zod';

export const healthSchema = z.looseObject({
  status: z.string(),
  owner: z.string().optional(),
  draining: z.boolean().optional(),
  lastGoodSweep: z.string().nullable().optional(),
  lastGoodSweepAgeSeconds: z.number().nullable().optional(),
  detail: z.string().optional(),
});
export type Health = z.infer<typeof healthSchema>;

export const drainSchema = z.looseObject({ draining: z.boolean() });
