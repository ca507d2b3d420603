// The placements that a job was never offered to, because they could not hold it when it was submitted.
import { z } from 'zod';

export const passedOverSchema = z
  .object({ placement: z.string(), why: z.string() })
  .meta({ id: 'PassedOver' });
export type PassedOver = z.infer<typeof passedOverSchema>;

/** A job's row holds 32 Ki characters in a column, and the rest of its plan besides: about a quarter goes here. */
const MOST_PLACEMENTS = 32;
const MOST_CHARACTERS = 200;

/** `refusals`: by placement, why it can't hold the job (preflight). What is beyond the room in a row is left out. */
export function passedOverOf(refusals: Readonly<Record<string, string>>): PassedOver[] {
  return Object.entries(refusals)
    .slice(0, MOST_PLACEMENTS)
    .map(([placement, why]) => ({
      placement,
      why: why.length > MOST_CHARACTERS ? `${why.slice(0, MOST_CHARACTERS - 1)}…` : why,
    }));
}
