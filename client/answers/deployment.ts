// What the API tells of the deployment itself: its health, its placements, whether it drains.
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

const heldSchema = z.looseObject({ workloads: z.number(), cores: z.number().optional() });

export const placementSchema = z.looseObject({
  name: z.string(),
  backend: z.string(),
  region: z.string().optional(),
  gpus: z.array(z.looseObject({ sku: z.string(), counts: z.array(z.number()) })).default([]),
  accepts: z.record(z.string(), z.string()).optional(),
  limits: z.record(z.string(), z.unknown()).default({}),
  prices: z.record(z.string(), z.number()).optional(),
  held: heldSchema,
  free: z.looseObject({
    workloads: z.number(),
    cores: z.number().optional(),
    createsNow: z.number().optional(),
  }),
  waiting: z.number().optional(),
  pausedUntil: z.string().optional(),
  health: z.string(),
  detail: z.string().optional(),
  refuses: z.array(z.looseObject({ what: z.string(), why: z.string() })).default([]),
  verdict: z.looseObject({ holds: z.boolean(), why: z.string().optional() }).optional(),
});
export type PlacementAnswer = z.infer<typeof placementSchema>;

export const placementListSchema = z.looseObject({ placements: z.array(placementSchema) });
