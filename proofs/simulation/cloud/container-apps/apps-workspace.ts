// The Log Analytics workspace of a run's Container Apps: whether there is one, how late its rows come, and for how long
// it refuses.
import { createRandom } from '../../../../standins/kernel/random';

export const WORKSPACE = '00000000-0000-4000-8000-0000000000cc';

export interface AppsWorkspace {
  readonly id: string;
  /** Each so-many-th row comes so much later, milliseconds. */
  readonly late: { readonly ms: number; readonly every: number } | undefined;
  /** Each so-many-th row comes twice, the second so much later, milliseconds. */
  readonly twice: { readonly afterMs: number; readonly every: number } | undefined;
  /** It refuses every query for so long from the run's begin on, milliseconds. */
  readonly refusesMs: number;
}

/** The same seed's other draws stay as they are. */
const OWN_DRAWS = 0x10_9a_17;
/** As parts of the time after which the store counts as quiet: rows that come later still may be missed. */
const LATE_MS = [10_000, 45_000, 45_000, 200_000] as const;
const EVERY = [1, 2, 3] as const;
const TWICE_MS = [0, 30_000, 200_000] as const;
/** Mostly not at all; for a while; for good. */
const REFUSES_MS = [0, 0, 0, 0, 300_000, 1_500_000, Infinity] as const;

/** Of thirteen seeds with Container Apps six have a workspace. */
export function workspaceOf(seed: number): AppsWorkspace | undefined {
  if (seed % 13 >= 6) return undefined;
  const random = createRandom(seed ^ OWN_DRAWS);
  return {
    id: WORKSPACE,
    late: random.chance(0.5) ? { ms: random.pick(LATE_MS), every: random.pick(EVERY) } : undefined,
    twice: random.chance(0.5) ? { afterMs: random.pick(TWICE_MS), every: random.pick(EVERY) } : undefined,
    refusesMs: random.pick(REFUSES_MS),
  };
}
