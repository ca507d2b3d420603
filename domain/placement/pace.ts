// What a backend says about the rate of our requests, and what each process does: creates wait, polls slow down,
// removals go on.
import type { ReadBucket, RequestTraits } from '../backend/traits';
import type { Clock } from '../ports/clock';

/** What one answer said about rates, as far as its platform says such things. */
export interface PaceReport {
  readonly kind: 'read' | 'create' | 'delete';
  /** The request was refused because there were too many. */
  readonly throttled: boolean;
  /** After how long the platform wants to be asked again, milliseconds. */
  readonly retryAfterMs?: number;
  /** The least number of such requests that are left in any of its windows. */
  readonly remaining?: number;
}

/**
 * Why and until when (epoch milliseconds) nothing should be created. `none-left` counts only if our own count does not
 * say so already.
 */
export interface CreatePause {
  readonly until: number;
  readonly why: 'throttled' | 'none-left';
}

/** One process's memory of what its backends have said; a new process begins without any. */
export interface Pace {
  onPace(placement: string, report: PaceReport): void;
  createPause(placement: string): CreatePause | undefined;
  /** The least time until the next look, milliseconds; 0 when nothing speaks against one. */
  leastPollMs(placement: string): number;
}

/** Refused without a Retry-After: windows of creates last minutes, buckets of reads refill in seconds. */
const THROTTLED_MS = 30_000;
/** None is left, and others have used some, so the answer does not say when more come. */
const NONE_LEFT_MS = 30_000;
/** The longest that a Retry-After may keep a workload unread. */
const SLOWEST_POLL_MS = 60_000;

/** A pause of creates is shared with others, by wall time; the rest is this process's own, by its monotonic clock. */
interface Told {
  pause?: CreatePause;
  readsPausedUntil?: number;
  reads?: { readonly remaining: number; readonly at: number };
}

/** `requestsOf`: what is known of requests to a placement's backend. */
export function createPace(clock: Clock, requestsOf: (placement: string) => RequestTraits): Pace {
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
      // A refused delete pauses creates too, because each create needs a delete later.
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
      const { bucket } = requestsOf(placement);
      const scarcity =
        reads === undefined || bucket === undefined || now - reads.at >= bucket.refilledMs
          ? 0
          : scarcityMs(reads.remaining, bucket);
      return Math.min(SLOWEST_POLL_MS, Math.max(paused, scarcity));
    },
  };
}

/** From nothing, with enough to spare, to the time of a refill. */
function scarcityMs(remaining: number, { spare, refilledMs }: ReadBucket): number {
  const missing = Math.max(0, spare - Math.max(0, remaining)) / spare;
  return Math.round(missing * refilledMs);
}
