// When a run is over: nothing is left to do and nothing of ours stands, or what stands is there to stay.
import type { World } from '../world/world';
import { type Facts, owned } from './facts';

/** A few more minutes at rest show whether it stays so. */
const AFTERWARDS_MS = 2 * 60_000;
/** How long a removal may take after the sweep first sees that one is needed. */
const REMOVAL_MS = 10 * 60_000;

/** `isOver` is asked every minute or so, and says whether the run may end. */
export function createRest(facts: Facts): { isOver(): boolean } {
  let restSince: number | undefined;
  let clearSince: number | undefined;
  return {
    isOver: () => {
      const now = facts.world.now();
      restSince = isAtRest(facts) ? (restSince ?? now) : undefined;
      if (restSince === undefined) return false;
      clearSince = standsOurs(facts) ? undefined : (clearSince ?? now);
      return clearSince === undefined
        ? now - restSince >= leakMs(facts.world)
        : now - Math.max(restSince, clearSince) >= AFTERWARDS_MS;
    },
  };
}

/**
 * What stands for longer, with nothing left to do, is a leak. A process that stood still may send a preparation after
 * all was over; the sweep removes it, at the latest when it is old enough to be nobody's (protocol §6.2). A leak must
 * not be given until the expiry of its tags, which removes anything.
 */
function leakMs({ times }: World): number {
  return times.unknownWorkloadS * 1000 + REMOVAL_MS;
}

function standsOurs(facts: Facts): boolean {
  const { cloud } = facts;
  return cloud.record.groups.some((group) => owned(facts, group.tags) !== undefined && cloud.stands(group));
}

function isAtRest(facts: Facts): boolean {
  if (facts.calmAt() === Infinity) return false;
  const { deployments, submitted } = facts;
  if (submitted.some(({ answers }) => answers.length === 0)) return false;
  return deployments.every(
    ({ stores }) =>
      stores.rows.jobIds().every((jobId) => {
        const job = stores.rows.job(jobId);
        if (job?.state !== 'over' || !job.eventSent) return false;
        const attempts = stores.rows.view(jobId)?.attempts ?? [];
        return attempts.every(({ cleanup, log }) => cleanup === 'gone' && log?.state !== 'completing');
      }) &&
      stores.held.names().length === 0 &&
      stores.left.isEmpty(),
  );
}
