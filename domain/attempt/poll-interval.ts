// When to look at a workload again.
import type { RequestTraits } from '../backend/traits';

/** The share of the time in a state after which another look is worth its calls. */
const PROPORTION = 0.02;
/** The longest time between two looks, milliseconds. */
const CEILING_MS = 60_000;
export interface PollFacts {
  readonly inStateMs: number;
  readonly floorMs: number;
  /** Left out: looks that are too few to count. */
  readonly budget?: {
    /** Of all placements that share the platform's read budget. */
    readonly heldPlaces: number;
    readonly requests: Pick<RequestTraits, 'perLook' | 'perS'>;
  };
  /** What the platform's own answers ask for (domain/placement/pace.ts). */
  readonly leastMs?: number;
  /** What is printed now may be gone after so long. */
  readonly keptMs?: number | undefined;
}

/**
 * Milliseconds until the next look: in proportion to the time in the state, sooner where the log would not be kept for
 * so long, and slow enough that all held places together stay inside the platform's budget.
 */
export function pollIntervalMs({
  inStateMs,
  floorMs,
  budget,
  leastMs = 0,
  keptMs = Infinity,
}: PollFacts): number {
  const proportional = Math.min(Math.max(Math.min(inStateMs * PROPORTION, keptMs), floorMs), CEILING_MS);
  const affordable =
    budget === undefined ? 0 : (budget.heldPlaces * budget.requests.perLook * 1000) / budget.requests.perS;
  return Math.round(Math.max(proportional, affordable, leastMs));
}
