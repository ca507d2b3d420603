// Time as the product sees it. It is injected everywhere, so that tests and simulations set it.

/** Both readings are in milliseconds. */
export interface Clock {
  /** Wall time, milliseconds since the Unix epoch. It may jump. */
  now(): number;
  /** A clock that never goes back or jumps. Only differences of its readings mean anything. */
  monotonic(): number;
}

/** The machine's own clocks. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
