// Keeps what was read of the placements' standing costs, so that whoever lists placements waits for no platform long.
import type { StandingCost } from '../../domain/money/standing-cost';
import type { Clock } from '../../domain/ports/clock';
import type { ComputeBackend } from '../../domain/ports/compute-backend';

/** What stands at placements and costs without a job. */
export interface StandingReadings {
  /** Undefined where it is not known: the backend has none, may not look, or gave no answer. Never rejects. */
  current(placement: string): Promise<readonly StandingCost[] | undefined>;
}

interface StandingReadingsParts {
  readonly clock: Clock;
  readonly backendOf: (placement: string) => ComputeBackend;
  /** Resolves after so many milliseconds; must keep no process alive. */
  readonly pause: (ms: number) => Promise<void>;
}

/** A reading older than this is read again when it is asked for, milliseconds. */
const FRESH_FOR_MS = 2 * 60_000;
/** Who asks waits no longer; the reading goes on for the next who asks, milliseconds. */
const WAITS_MS = 3_000;

type Costs = Awaited<ReturnType<StandingReadings['current']>>;

interface Reading {
  readonly startedAt: number;
  readonly done: Promise<Costs>;
  /** What is known until it is done. */
  readonly before: Costs;
}

export function createStandingReadings({ clock, backendOf, pause }: StandingReadingsParts): StandingReadings {
  const readings = new Map<string, Reading>();
  const last = new Map<string, Costs>();

  const read = async (placement: string): Promise<Costs> => {
    try {
      const costs = await backendOf(placement).standing?.();
      last.set(placement, costs);
      return costs;
    } catch {
      last.delete(placement); // The doctor tells why a platform can't be read.
      return undefined;
    }
  };

  return {
    current: async (placement) => {
      const known = readings.get(placement);
      const now = clock.monotonic();
      const reading =
        known !== undefined && now - known.startedAt <= FRESH_FOR_MS
          ? known
          : { startedAt: now, before: last.get(placement), done: read(placement) };
      readings.set(placement, reading);
      return Promise.race([reading.done, pause(WAITS_MS).then(() => reading.before)]);
    },
  };
}
