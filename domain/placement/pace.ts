// What a backend says about the rate of our requests, and what each process makes of it: creating waits, polling slows, removing goes on.
import type { Clock } from '../ports/clock';

/** What one answer told, as far as its platform tells such things. */
export interface PaceReport {
  readonly kind: 'read' | 'create' | 'delete';
  /** The request was refused because there were too many. */
  readonly throttled: boolean;
  /** After which the platform wants to be asked again, milliseconds. */
  readonly retryAfterMs?: number;
  /** The least number of such requests that are left in any of its windows. */
  readonly remaining?: number;
}

/** Why and until when (epoch milliseconds) nothing should be created. `none-left` is believed only of what we have not counted ourselves. */
export interface CreatePause {
  readonly until: number;
  readonly why: 'throttled' | 'none-left';
}

/** One process's memory of what its backends have told; a new process begins without any. */
export interface Pace {
  onPace(placement: string, report: PaceReport): void;
  createPause(placement: string): CreatePause | undefined;
  /** Until the next look, milliseconds at least; 0 when nothing speaks against it. */
  leastPollMs(placement: string): number;
}

/** Refused without a Retry-After: the shortest window of a create is five minutes, ARM's own bucket refills in seconds. */
const THROTTLED_MS = 30_000;
/** None left, of which others in the subscription have used some: when more come is not told. */
const NONE_LEFT_MS = 30_000;
/**
 * ARM's bucket holds 250 reads and refills 25 a second (docs/facts/azure-resource-manager.md#request-buckets): with
 * fewer left the next look waits for more.
 */
const READS_TO_SPARE = 100;
/** With none left: the bucket has refilled by then. What was left says nothing any more after this time either. */
const REFILLED_MS = 10_000;
/** No Retry-After keeps a workload unread for longer. */
const SLOWEST_POLL_MS = 60_000;

/** A pause of creates is shared with others, by wall time; the rest is this process's own, by its monotonic clock. */
interface Told {
  pause?: CreatePause;
  readsPausedUntil?: number;
  reads?: { readonly remaining: number; readonly at: number };
}

export function createPace(clock: Clock): Pace {
  const told = new Map<string, Told>();

  const toldOf = (placement: string): Told => {
    const known = told.get(placement) ?? {};
    told.set(placement, known);
    return known;
  };

  const pauseOf = (report: PaceReport, now: number): CreatePause | undefined => {
    if (report.throttled) return { until: now + (report.retryAfterMs ?? THROTTLED_MS), why: 'throttled' };
    if (report.kind === 'create' && report.remaining !== undefined && report.remaining <= 0)
      return { until: now + NONE_LEFT_MS, why: 'none-left' };
    return undefined;
  };

  return {
    onPace: (placement, report) => {
      const known = toldOf(placement);
      if (report.kind === 'read') {
        const now = clock.monotonic();
        if (report.throttled) known.readsPausedUntil = now + (report.retryAfterMs ?? THROTTLED_MS);
        if (report.remaining !== undefined) known.reads = { remaining: report.remaining, at: now };
        return;
      }
      // A delete that was refused pauses creating too: each create leads to one delete more.
      const pause = pauseOf(report, clock.now());
      if (pause !== undefined && pause.until > (known.pause?.until ?? 0)) known.pause = pause;
    },
    createPause: (placement) => {
      const pause = told.get(placement)?.pause;
      return pause === undefined || pause.until <= clock.now() ? undefined : pause;
    },
    leastPollMs: (placement) => {
      const now = clock.monotonic();
      const { readsPausedUntil = now, reads } = told.get(placement) ?? {};
      const paused = Math.max(0, readsPausedUntil - now);
      const isFresh = reads !== undefined && now - reads.at < REFILLED_MS;
      return Math.min(SLOWEST_POLL_MS, Math.max(paused, isFresh ? scarcityMs(reads.remaining) : 0));
    },
  };
}

/** From nothing, with enough to spare, to the time of a refill. */
function scarcityMs(remaining: number): number {
  const missing = Math.max(0, READS_TO_SPARE - Math.max(0, remaining)) / READS_TO_SPARE;
  return Math.round(missing * REFILLED_MS);
}
