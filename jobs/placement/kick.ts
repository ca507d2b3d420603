// Kicks of the dispatcher: what is sent when a place may have become free, and what is done on receipt.
import { z } from 'zod';

import { attemptOfName } from '../../domain/job/names';
import type { DispatchPorts, PlacePorts } from '../ports';
import type { FirePorts } from '../schedule/fire-schedule';
import { fireWaiting } from '../schedule/fire-schedules';
import { freeAllHolders } from './dispatch';
import { dispatchUnlessDraining } from './dispatch-unless-draining';
import { freeHolders } from './free-holders';
import { restoreHolder } from './restore-holder';
import { freeLimitsOf } from './run-limits';

const kickSchema = z.union([
  z.object({ placement: z.string(), freed: z.string(), schedule: z.string().optional() }),
  z.object({ placement: z.string(), reopened: z.string() }),
  z.object({ due: z.number() }),
]);
type Kick = z.infer<typeof kickSchema>;

/**
 * Says that the workload `freed` is gone. Its place in `placement` may be freed, and a waiting fire of its schedule may
 * become a job.
 */
export function goneKick(placement: string, freed: string, schedule?: string): string {
  return JSON.stringify({ placement, freed, schedule } satisfies Kick);
}

/** Says that the workload `reopened` exists again, so it must hold its place again. */
export function reopenedKick(placement: string, reopened: string): string {
  return JSON.stringify({ placement, reopened } satisfies Kick);
}

/** Says that a waiting job may find room now. Only jobs with a chance are read. */
export const ROOM_KICK = JSON.stringify({ due: 0 } satisfies Kick);

/** Says only that there may be something to admit. */
export const PLAIN_KICK = '{}';

/** A kick with a due time comes a few seconds early at most. The pause is bounded in case one comes earlier. */
const LONGEST_PAUSE_MS = 5_000;

/** Acts on a kick. One that is not understood means "look at everything". */
export async function onKick(ports: DispatchPorts & FirePorts, message: unknown): Promise<void> {
  const kick = kickSchema.safeParse(message);
  if (!kick.success) await freeAllHolders(ports);
  else if ('freed' in kick.data) {
    await free(ports, kick.data.placement, kick.data.freed);
    if (kick.data.schedule !== undefined) await fireWaiting(ports, kick.data.schedule);
  } else if ('reopened' in kick.data) await restore(ports, kick.data.reopened);
  else await ports.pause(Math.min(Math.max(0, kick.data.due - ports.clock.now()), LONGEST_PAUSE_MS));
  await dispatchUnlessDraining(ports, kick.success ? 'chances' : 'everything');
}

async function free(ports: PlacePorts, placement: string, name: string): Promise<void> {
  await freeHolders(ports, placement, name);
  const of = attemptOfName(name);
  if (of !== undefined) await freeLimitsOf(ports, of.jobId);
}

async function restore(ports: PlacePorts, name: string): Promise<void> {
  const of = attemptOfName(name);
  if (of === undefined)
    ports.log.error(`A kick names "${name}", which is no workload of ours; it is passed over.`);
  else await restoreHolder(ports, of.jobId, of.attempt);
}
