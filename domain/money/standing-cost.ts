// What stands at a placement and costs, whether a job runs there or not.
import { z } from 'zod';

export const standingCostSchema = z
  .object({
    what: z.string().meta({ description: 'such as an idle node, or a pool that never goes down to none' }),
    perHour: z
      .number()
      .nonnegative()
      .optional()
      .meta({ description: "dollars an hour by the placement's prices; absent: none is configured for it" }),
    todo: z.string().meta({ description: 'what ends it' }),
  })
  .meta({ id: 'StandingCost' });
export type StandingCost = z.infer<typeof standingCostSchema>;

/** For a line of text. */
export function standingCostInWords({ what, perHour }: StandingCost): string {
  return perHour === undefined
    ? `${what}, no price is configured`
    : `${what}, $${perHour.toFixed(2)} an hour`;
}
