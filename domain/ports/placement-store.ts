// The port to the rows of named holders, one a placement and one a concurrency key, written by the dispatcher alone.
import { z } from 'zod';

import { shutSchema } from '../placement/shut';
import type { Versioned } from './job-store';

/** A place that is held: since when (epoch milliseconds), and what is counted of its workload. */
const holderSchema = z.object({
  cores: z.number(),
  /** Left out: not known, or the row was written before it was counted. */
  memoryGb: z.number().optional(),
  /** Left out: none, or the row was written before they were counted. */
  gpus: z.number().optional(),
  sku: z.string().optional(),
  since: z.number(),
});
export type Holder = z.infer<typeof holderSchema>;

/** Who holds a place, by workload name, and when places were taken. Instants are epoch milliseconds. */
export const placementRowSchema = z.object({
  placement: z.string(),
  holders: z.record(z.string(), holderSchema),
  /** The creations of the last hour. */
  recentCreations: z.array(z.number()),
  /** The removals of the last hour, by when their places were freed. */
  recentRemovals: z.array(z.number()).optional(),
  /** The platform asked for a pause: nothing is created before this instant. */
  pausedUntil: z.number().optional(),
  /** What lacks capacity there, by the SKU's name, or `cpu` for workloads without a GPU. */
  shut: z.record(z.string(), shutSchema).optional(),
  /**
   * GPUs in use beyond the places held, of all placements with the same quotas, in the row of the first: the fewest
   * that any reading has shown since the first that showed some.
   */
  unaccounted: z.object({ gpus: z.number().positive(), since: z.number() }).optional(),
  /** A kick of the dispatcher is under way for this instant; one is enough. */
  wakeAt: z.number().optional(),
});
export type PlacementRow = z.infer<typeof placementRowSchema>;

export interface PlacementStore {
  /** A placement without a row reads as an empty one. */
  read(placement: string): Promise<Versioned<PlacementRow>>;
  /** `changed`: another process wrote since `etag` was read. */
  write(row: PlacementRow, etag: string): Promise<'done' | 'changed'>;
}
