// How long images take to be pulled, whatever the platform.
import type { Random } from '../../../standins/kernel/random';

/** Long pulls. Some end soon after the deadline of pulling, while the removal is under way. */
const LONG_PULLS_MS = [70_000, 130_000, 200_000, 3 * 3_600_000] as const;

export interface PullKnob {
  /** That of the next pull alone, milliseconds. */
  nextPullMs?: number | undefined;
}

/** That of this pull, milliseconds. */
export function pullMs(random: Random, knobs: PullKnob): number {
  const { nextPullMs } = knobs;
  knobs.nextPullMs = undefined;
  if (nextPullMs !== undefined) return nextPullMs;
  if (random.chance(0.03)) return random.pick(LONG_PULLS_MS);
  return random.int(500, random.pick([10_000, 60_000]));
}
