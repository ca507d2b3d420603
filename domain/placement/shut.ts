// What a placement's row keeps of one SKU that could not be had there.
import { z } from 'zod';

/** The reasons that say that there is no room for anybody now: others have the capacity, or the quota. */
export const LACKING = ['capacity', 'quota'] as const;
export type Lack = (typeof LACKING)[number];

/** One SKU that could not be had; instants are epoch milliseconds. */
export const shutSchema = z.object({
  since: z.number(),
  why: z.enum(LACKING),
  /** Refused so often: the first one, then each probe. */
  refusals: z.number().int().positive(),
  /** Nobody tries before. */
  until: z.number(),
  /** The workload that tries; it does so for as long as its name stands among the holders. */
  probe: z.string().optional(),
});
export type Shut = z.infer<typeof shutSchema>;
