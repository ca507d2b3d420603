// When to look at a workload again.

/** The share of the time in a state after which another look is worth its calls. */
const PROPORTION = 0.02;
/** The longest time between two looks, milliseconds. */
const CEILING_MS = 60_000;
/**
 * A poll is two reads; ARM's read bucket refills 25 a second and is shared, so we plan for 15
 * (docs/facts/azure-resource-manager.md#request-buckets).
 */
const READS_PER_POLL = 2;
const READS_PER_SECOND = 15;

export interface PollFacts {
  readonly inStateMs: number;
  readonly floorMs: number;
  /** Of all placements that share the platform's read budget. */
  readonly heldPlaces: number;
  /** What the platform's own answers ask for (domain/placement/pace.ts). */
  readonly leastMs?: number;
}

/**
 * Milliseconds until the next look: in proportion to the time in the state, and slow enough that all held places
 * together stay inside the platform's budget.
 */
export function pollIntervalMs({ inStateMs, floorMs, heldPlaces, leastMs = 0 }: PollFacts): number {
  const proportional = Math.min(Math.max(inStateMs * PROPORTION, floorMs), CEILING_MS);
  const affordable = (heldPlaces * READS_PER_POLL * 1000) / READS_PER_SECOND;
  return Math.round(Math.max(proportional, affordable, leastMs));
}
