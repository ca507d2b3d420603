// The time that a controller's requests to the API take, one after the other: what others do meanwhile comes between.
import type { Timer, Timers } from '../../../kernel/timers';

/** Milliseconds of one request on the recorded machine, between the scheduler's answer to a pod and a kubelet's. */
export const ROUND_TRIP_MS = 5;

export interface RoundTrips {
  /** Goes on after the request that was just sent. */
  then(next: () => void): void;
  close(): void;
}

export function createRoundTrips(timers: Timers): RoundTrips {
  const pending = new Set<Timer>();
  return {
    then: (next) => {
      const timer = timers.after(ROUND_TRIP_MS, () => {
        pending.delete(timer);
        next();
      });
      pending.add(timer);
    },
    close: () => {
      for (const timer of pending) timer.cancel();
      pending.clear();
    },
  };
}
