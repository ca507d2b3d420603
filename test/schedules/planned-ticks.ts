// The minute ticks of a virtual year: most come once, some twice, some are cut off, some stay away for minutes or
// hours.
import type { Random } from '../../standins/kernel/random';

export interface PlannedTick {
  /** Epoch milliseconds: some seconds into its minute, as timers come. */
  readonly at: number;
  /** Whether two hosts run it at once. */
  readonly twice: boolean;
  /** Whether the first host dies in it. */
  readonly cut: boolean;
}

export interface PlannedTicks {
  readonly ticks: readonly PlannedTick[];
  /** The minutes of the last tick before and of the first after each absence longer than the grace. */
  readonly downtimes: readonly (readonly [number, number])[];
}

const MINUTE_MS = 60_000;
/** Absences within the grace of five minutes: whatever fires in them is still made. */
const LONGEST_SHORT = 3;
const SHORT_MINUTES = [1, 2, LONGEST_SHORT] as const;
const LONG_MINUTES = [7, 25, 90, 600, 3_000] as const;

/**
 * Whether a fire is late is decided at the first tick that is not cut off; so that this is known beforehand, a tick is
 * cut only between two that are not, and no absence begins or ends with one.
 */
export function plannedTicks(random: Random, from: number, until: number): PlannedTicks {
  const ticks: PlannedTick[] = [];
  const downtimes: (readonly [number, number])[] = [];
  let mayCut = false;
  for (let minute = from; minute < until; minute += MINUTE_MS) {
    const away = mayCut ? absence(random) : 0;
    const next = minute + away * MINUTE_MS;
    if (away > 0 && next + 2 * MINUTE_MS < until) {
      if (away > LONGEST_SHORT) downtimes.push([minute - MINUTE_MS, next]);
      minute = next;
      mayCut = false;
    }
    const cut: boolean = mayCut && minute + MINUTE_MS < until && random.chance(0.15);
    ticks.push({ at: minute + random.int(3_000, 9_000), twice: random.chance(0.05), cut });
    mayCut = !cut && ticks.at(-2)?.cut !== true;
  }
  return { ticks, downtimes };
}

/** Minutes without a tick; mostly none. */
function absence(random: Random): number {
  if (random.chance(0.000_03)) return random.pick(LONG_MINUTES);
  return random.chance(0.002) ? random.pick(SHORT_MINUTES) : 0;
}
