// Where the removal of an attempt's workload stands, as users see it.
import { z } from 'zod';

import type { AttemptRow } from './attempt';

/** The row's own marks, and `overdue` for a removal that takes longer than it should. */
export const cleanupSchema = z.enum(['none', 'due', 'requested', 'overdue', 'gone']).meta({
  description: "where the removal of the workload stands; it never changes the job's outcome",
});
export type Cleanup = z.infer<typeof cleanupSchema>;

export function cleanupOf(row: Pick<AttemptRow, 'cleanup' | 'overdueSince'>): Cleanup {
  return row.cleanup === 'requested' && row.overdueSince !== undefined ? 'overdue' : row.cleanup;
}
