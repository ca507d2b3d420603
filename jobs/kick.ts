// Kicks of the dispatcher: what is sent when a place may have become free, and what is done on receipt.
import { z } from 'zod';

import { dispatch, type DispatchPorts, freeAllHolders } from './dispatch';
import { freeHolders } from './free-holders';

const kickSchema = z.object({ placement: z.string(), freed: z.string() });

/** Says that the workload `freed` is gone, so that its place in `placement` may be given on. */
export function goneKick(placement: string, freed: string): string {
  return JSON.stringify({ placement, freed } satisfies z.infer<typeof kickSchema>);
}

/** Says only that there may be something to admit. */
export const PLAIN_KICK = '{}';

/** Acts on a kick; one that is not understood is taken as "look at everything". */
export async function onKick(ports: DispatchPorts, message: unknown): Promise<void> {
  const kick = kickSchema.safeParse(message);
  if (kick.success) await freeHolders(ports, kick.data.placement, kick.data.freed);
  else await freeAllHolders(ports);
  await dispatch(ports);
}
