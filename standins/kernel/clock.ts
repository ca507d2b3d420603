// Time for the stand-ins. It is injected everywhere, so that tests and simulations decide what time it is.

/**
 * Both readings are in milliseconds. The interface has the same members as the product's clock, so that one virtual
 * clock serves both.
 */
export interface Clock {
  /** Wall time, milliseconds since the Unix epoch. It may jump. */
  now(): number;
  /** A clock that never goes back and never jumps. Only differences between its readings mean anything. */
  monotonic(): number;
}

/** The machine's own clocks. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
