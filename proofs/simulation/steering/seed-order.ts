// The order to a worker: a seed, and the faults that must happen in it.
import { z } from 'zod';

export const seedOrderSchema = z.object({
  seed: z.number().int(),
  /** Each as `kind call state`, see textOfFault. */
  forced: z.array(z.string()).readonly(),
  /** Its people submit one array of so many members. */
  array: z.number().int().positive().optional(),
});

export type SeedOrder = z.infer<typeof seedOrderSchema>;

/** The command that runs it again and tells its story. */
export function commandFor({ seed, forced, array }: SeedOrder): string {
  const faults = forced.map((fault) => ` --force '${fault}'`).join('');
  return `npm run simulate -- --seeds 1 --from ${seed}${array === undefined ? '' : ` --array ${array}`} --story${faults}`;
}
