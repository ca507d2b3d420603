// Time that passes only when a caller moves it: a clock and its timers, for simulations and the conformance run.
import type { Clock } from './clock';
import type { Timer, Timers } from './timers';

interface Due {
  readonly at: number;
  /** Timers of one instant run in the order in which they were set. */
  readonly order: number;
  readonly run: () => void;
}

export interface VirtualTime {
  readonly clock: Clock;
  readonly timers: Timers;
  /** When the next timer is due, milliseconds since the epoch, or undefined when there is none. */
  nextAt(): number | undefined;
  /**
   * Moves the clock to the next timer, or to `limit` if that comes first, and runs that one timer. False if none was
   * due by then.
   */
  runNext(limit: number): boolean;
}

/** Starts at `startMs` (milliseconds since the epoch). */
export function createVirtualTime(startMs: number): VirtualTime {
  let now = startMs;
  let order = 0;
  const waiting = new Set<Due>();

  const earliest = (): Due | undefined => {
    let first: Due | undefined;
    for (const due of waiting)
      if (first === undefined || due.at < first.at || (due.at === first.at && due.order < first.order))
        first = due;
    return first;
  };

  /** Like Node's timers it counts whole milliseconds, so the clock shows no other. */
  const after = (delayMs: number, run: () => void): Timer => {
    const due: Due = { at: now + Math.max(0, Math.trunc(delayMs)), order: order++, run };
    waiting.add(due);
    return { cancel: () => void waiting.delete(due) };
  };

  return {
    clock: { now: () => now, monotonic: () => now - startMs },
    timers: { after },
    nextAt: () => earliest()?.at,
    runNext: (limit) => {
      const due = earliest();
      if (due === undefined || due.at > limit) {
        now = Math.max(now, limit);
        return false;
      }
      waiting.delete(due);
      now = Math.max(now, due.at);
      due.run();
      return true;
    },
  };
}
