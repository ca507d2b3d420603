// Time as the stand-ins see it; injected everywhere, so that tests and simulations decide what time it is.

/**
 * Both readings are in milliseconds. A structural twin of the product's own clock, so that one virtual clock serves
 * both.
 */
export interface Clock {
  /** Wall time, milliseconds since the Unix epoch. It may jump. */
  now(): number;
  /** A clock that never goes back nor jumps; only differences of its readings mean anything. */
  monotonic(): number;
}

/** The machine's own clocks. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
