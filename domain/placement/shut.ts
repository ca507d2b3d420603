// What a placement's row keeps of one SKU that could not be had there.
import { z } from 'zod';

/** The reasons that say that no job finds room now: others have the capacity or the quota. */
export const LACKING = ['capacity', 'quota'] as const;
export type Lack = (typeof LACKING)[number];

/** One SKU that could not be had; instants are epoch milliseconds. */
export const shutSchema = z.object({
  since: z.number(),
  why: z.enum(LACKING),
  /** How often it was refused: the first attempt, then each probe. */
  refusals: z.number().int().positive(),
  /** No job tries before this instant. */
  until: z.number(),
  /** The probe's workload. It is the probe for as long as its name stands among the holders. */
  probe: z.string().optional(),
});
export type Shut = z.infer<typeof shutSchema>;
