// The port to the rows of named holders, one a placement, written by the dispatcher alone.
import { z } from 'zod';

import type { Versioned } from './job-store';

/** Who holds a place, by workload name, and when places were taken. */
export const placementRowSchema = z.object({
  placement: z.string(),
  holders: z.record(z.string(), z.object({ cores: z.number(), since: z.number() })),
  /** Epoch milliseconds of the creations of the last hour. */
  recentCreations: z.array(z.number()),
});
export type PlacementRow = z.infer<typeof placementRowSchema>;

export interface PlacementStore {
  /** A placement without a row reads as an empty one. */
  read(placement: string): Promise<Versioned<PlacementRow>>;
  /** `changed`: somebody else wrote since `etag` was read. */
  write(row: PlacementRow, etag: string): Promise<'done' | 'changed'>;
}
