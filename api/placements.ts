// Placements over HTTP: what GET /api/placements takes and answers.
import { z } from 'zod';

import { standingCostSchema } from '../domain/money/standing-cost';
import { LACKING } from '../domain/placement/shut';
import { gpuCountSchema } from '../domain/spec/gpu';
import { decimalNumber, instantSchema } from './common';

/** With any of these each placement says whether it can hold such a job. */
export const placementsQuerySchema = z.object({
  gpu: z.string().min(1).max(64).optional().meta({ description: 'a SKU, such as T4' }),
  count: z
    .preprocess(
      (value) => (typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value),
      gpuCountSchema,
    )
    .optional()
    .meta({ description: 'GPUs; default 1 where gpu is given' }),
  cpu: decimalNumber(0.01, 1000)
    .optional()
    .meta({ description: 'cores; default, where memoryGb is given, 1' }),
  memoryGb: decimalNumber(0.1, 10_000)
    .optional()
    .meta({ description: 'default, where cpu is given, 1.5; without both what it gives by itself' }),
});
export type PlacementsQuery = z.infer<typeof placementsQuerySchema>;

const count = z.number().int().nonnegative();

const verdictSchema = z
  .object({
    holds: z.boolean(),
    why: z.string().optional().meta({ description: 'why it does not, or what quota it has to wait for' }),
    gpu: z.object({ count, sku: z.string() }).optional().meta({ description: 'the GPU that it would give' }),
    resources: z
      .object({ cpu: z.number(), memoryGb: z.number() })
      .optional()
      .meta({ description: 'cores and GB of memory that it would give' }),
  })
  .meta({ id: 'PlacementVerdict', description: 'Whether the placement can hold such a job at all.' });

const imagesSchema = z
  .array(z.string())
  .optional()
  .meta({ description: 'jobs whose image fits one of these patterns may use it; absent: every job' });

const offersSchema = z
  .object({
    volumes: z
      .array(
        z.object({
          name: z.string(),
          readOnly: z.boolean().meta({ description: 'no job writes there' }),
          images: imagesSchema,
        }),
      )
      .meta({ description: 'names for the volumes of a spec' }),
    identities: z
      .array(z.object({ name: z.string(), images: imagesSchema }))
      .meta({ description: 'names for the identity of a spec' }),
    outputs: z.enum(['volume', 'address', 'none']).meta({
      description:
        'volume: programs write them into a folder; address: they upload them to an address; none: specs with outputs are refused',
    }),
    checkpoints: z.boolean().meta({ description: 'whether specs may have them' }),
  })
  .meta({
    id: 'PlacementOffers',
    description: 'What specs may name there. Names that a policy keeps from every spec are left out.',
  });

const placementViewSchema = z
  .object({
    name: z.string(),
    backend: z.string(),
    region: z.string().optional(),
    gpus: z.array(z.object({ sku: z.string(), counts: z.array(count) })),
    accepts: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: 'GPUs that stand in for others: asked to offered' }),
    limits: z.object({
      workloads: count,
      cores: z.number().optional(),
      creates: z
        .array(z.object({ per: count, most: count }))
        .meta({ description: 'at most so many creates within any so many seconds' }),
    }),
    prices: z.record(z.string(), z.number()).optional().meta({ description: 'an hour, as configured' }),
    offers: offersSchema.optional().meta({ description: 'absent: the deployment is too old to tell' }),
    held: z
      .object({ workloads: count, cores: z.number().nonnegative() })
      .meta({ description: 'places given out: each is free again when its workload is gone' }),
    free: z
      .object({
        workloads: count,
        cores: z.number().nonnegative().optional(),
        createsNow: count.optional().meta({
          description: 'creates that may be sent now, places apart; absent: no window limits them',
        }),
      })
      .meta({ description: 'cores only where they are limited' }),
    quotas: z
      .array(z.object({ name: z.string(), used: z.number(), limit: z.number() }))
      .optional()
      .meta({ description: "the platform's quotas as they were read lately; absent: unknown" }),
    standing: z
      .array(standingCostSchema)
      .optional()
      .meta({ description: 'what stands there and costs without a job; absent: unknown' }),
    unaccounted: z.object({ gpus: z.number(), since: instantSchema, todo: z.string() }).optional().meta({
      description:
        'GPUs that were in use for minutes beyond the places held, here and where quotas are shared; absent: none is known of',
    }),
    waiting: count.optional().meta({ description: 'jobs waiting that may go there' }),
    shut: z
      .array(
        z.object({
          resource: z.string().meta({ description: 'a SKU, or cpu: workloads without a GPU' }),
          why: z.enum(LACKING),
          since: instantSchema.meta({ description: 'when the first attempt was refused' }),
          refusals: z.number().int().positive().meta({ description: 'so often since then' }),
          until: instantSchema.meta({ description: 'no job tries before' }),
          probe: z.string().optional().meta({ description: 'the workload that is trying now' }),
        }),
      )
      .optional()
      .meta({ description: 'what could not be had there lately; absent: nothing is known to lack' }),
    pausedUntil: instantSchema
      .optional()
      .meta({ description: 'the platform asked for it: nothing is created before' }),
    health: z.enum(['ok', 'paused', 'unreachable']),
    detail: z.string().optional().meta({ description: 'why it is not ok' }),
    refuses: z
      .array(
        z.object({
          what: z.string(),
          why: z.string(),
          gpu: z
            .object({ sku: z.string(), counts: z.array(count) })
            .optional()
            .meta({ description: 'where it is a GPU that is refused' }),
        }),
      )
      .meta({ description: 'what it refuses whatever is free' }),
    verdict: verdictSchema.optional(),
  })
  .meta({ id: 'Placement' });
export type PlacementView = z.infer<typeof placementViewSchema>;

export const placementListSchema = z
  .object({ placements: z.array(placementViewSchema) })
  .meta({ id: 'PlacementList' });
export type PlacementList = z.infer<typeof placementListSchema>;
