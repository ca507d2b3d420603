// What an attempt's row says of its outputs: the list of them is made once, when the attempt settles.
import { z } from 'zod';

const instant = z.number().int().nonnegative();

export const attemptOutputsSchema = z.discriminatedUnion('state', [
  /** The program may write. */
  z.object({ state: z.literal('open') }),
  /** The attempt has settled and they could not be listed then; the tick tries again each minute. */
  z.object({ state: z.literal('due'), since: instant, why: z.string() }),
  /** The list is made. `more`: files were left out of it, for there were too many. */
  z.object({
    state: z.literal('listed'),
    at: instant,
    files: z.number().int().nonnegative(),
    bytes: z.number().int().nonnegative(),
    more: z.literal(true).optional(),
  }),
  /** They could not be listed in time; there will be no list. */
  z.object({ state: z.literal('unreadable'), at: instant, why: z.string() }),
]);
export type AttemptOutputs = z.infer<typeof attemptOutputsSchema>;

/** How long the tick tries to list, from the settling on, milliseconds: a day. */
const GIVE_UP_MS = 24 * 60 * 60 * 1000;
const MOST_OF_WHY = 500;

/** After a list that failed. `since`: when the attempt settled. */
export function notListed(why: string, since: number, now: number): AttemptOutputs {
  const cut = why.slice(0, MOST_OF_WHY);
  return now - since >= GIVE_UP_MS
    ? { state: 'unreadable', at: now, why: cut }
    : { state: 'due', since, why: cut };
}
