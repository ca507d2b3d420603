// Which placements a job was not offered to, and why, before it came to the one that took it.
import { type Job } from '../jobs-api';
import { LOCAL_PLACEMENT_NAMES } from '../local-placements';

/** A line for each, in the order of the list. Those behind the one that took the job were never asked. */
export function refusalsOf({ attempts, passedOver = [] }: Job): readonly string[] {
  const [first] = attempts;
  if (first === undefined) return [];
  const takenAt = LOCAL_PLACEMENT_NAMES.indexOf(first.placement);
  return passedOver
    .filter(({ placement }) => LOCAL_PLACEMENT_NAMES.indexOf(placement) < takenAt)
    .map(({ placement, why }) => `${placement} was passed over: it ${why}`);
}
