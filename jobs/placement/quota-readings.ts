// Keeps what was read of the platforms' quotas, so that a submission and an admission ask nobody.
import type { BackendFacts } from '../../domain/backend/backend-facts';
import { messageOf } from '../../domain/errors';
import type { Placement } from '../../domain/placement/placement';
import type { QuotaReading, QuotaReadings } from '../../domain/placement/quota';
import type { Clock } from '../../domain/ports/clock';
import type { ComputeBackend } from '../../domain/ports/compute-backend';
import type { PlacePorts } from '../ports';

export interface QuotaReadingsParts {
  readonly clock: Clock;
  readonly placements: readonly Placement[];
  readonly backendOf: (placement: string) => ComputeBackend;
  readonly factsOf: (placement: string) => BackendFacts;
  /** Resolves after so many milliseconds; must keep no process alive. */
  readonly pause: (ms: number) => Promise<void>;
}

/** Older readings count as unknown, milliseconds. */
const VALID_FOR_MS = 10 * 60_000;
/** A reading that is needed and older than this is read again. It is read more often only after a refusal. */
const FRESH_FOR_MS = 2 * 60_000;
/** A reading in the background begins this much later, so that the caller is answered first. */
const BACKGROUND_MS = 1_000;

interface Kept extends QuotaReading {
  /** When it was read, by the monotonic clock, so that setting the wall clock does not change its age. */
  readonly at: number;
}

/** Readings of one process; placements with the same quotas share one. */
export function createQuotaReadings(parts: QuotaReadingsParts): QuotaReadings {
  const { clock, placements, backendOf, factsOf, pause } = parts;
  const readings = new Map<string, Kept>();
  const underWay = new Map<string, Promise<string | undefined>>();
  const triedAt = new Map<string, number>();
  const failures = new Map<string, string>();

  const keyOf = (name: string): string | undefined => {
    const isConfigured = placements.some((candidate) => candidate.name === name);
    return isConfigured ? factsOf(name).scopes.quota : undefined;
  };

  /** Why it can't be read; undefined when it was. One reading at a time for each scope. */
  const read = (key: string, placement: string, afterMs: number): Promise<string | undefined> => {
    const running = underWay.get(key);
    if (running !== undefined) return running;
    triedAt.set(key, clock.monotonic());
    const reading = (async (): Promise<string | undefined> => {
      try {
        if (afterMs > 0) await pause(afterMs);
        const begun = { readAt: clock.now(), at: clock.monotonic() };
        readings.set(key, { usages: await backendOf(placement).usages(), ...begun });
        failures.delete(key);
        return undefined;
      } catch (error) {
        failures.set(key, messageOf(error));
        return messageOf(error); // The last reading holds until it is too old.
      } finally {
        underWay.delete(key);
      }
    })();
    underWay.set(key, reading);
    return reading;
  };

  const isDue = (key: string): boolean =>
    clock.monotonic() - (triedAt.get(key) ?? Number.NEGATIVE_INFINITY) > FRESH_FOR_MS;

  const validOf = (key: string): QuotaReading | undefined => {
    const reading = readings.get(key);
    return reading !== undefined && clock.monotonic() - reading.at <= VALID_FOR_MS ? reading : undefined;
  };

  return {
    of: (name) => {
      const key = keyOf(name);
      if (key === undefined) return undefined;
      if (isDue(key)) void read(key, name, BACKGROUND_MS);
      return validOf(key);
    },
    current: async (name) => {
      const key = keyOf(name);
      if (key === undefined) return {};
      if (isDue(key)) await read(key, name, 0);
      else await underWay.get(key);
      return { reading: validOf(key), failure: failures.get(key) };
    },
    readAgain: (name) => {
      const key = keyOf(name);
      if (key !== undefined) void read(key, name, BACKGROUND_MS);
    },
    refresh: async () => {
      const oneOfEach = new Map(placements.map(({ name }) => [keyOf(name) ?? name, name]));
      const tried = await Promise.all(
        [...oneOfEach].map(async ([key, placement]) => ({ placement, why: await read(key, placement, 0) })),
      );
      return tried.flatMap(({ placement, why }) => (why === undefined ? [] : [{ placement, why }]));
    },
  };
}

/** The tick's part: reads all quotas anew and tells which can't be read. */
export async function refreshQuotas({ quotas, log }: PlacePorts): Promise<void> {
  for (const { placement, why } of (await quotas?.refresh()) ?? [])
    log.warn(`The quotas of placement ${placement} can't be read, they count as unknown: ${why}`);
}
