// When a run is over: nothing is left to do, and it has stayed so for a while.
import type { Facts } from './facts';

/** A few more minutes at rest show whether it stays so. */
const AFTERWARDS_MS = 2 * 60_000;

/** `isOver` is asked every minute or so, and says whether the run may end. */
export function createRest(facts: Facts): { isOver(): boolean } {
  let restSince: number | undefined;
  return {
    isOver: () => {
      const now = facts.world.now();
      restSince = isAtRest(facts) ? (restSince ?? now) : undefined;
      return restSince !== undefined && now - restSince >= AFTERWARDS_MS;
    },
  };
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
