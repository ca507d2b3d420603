// How long to wait before the next look at an empty queue, as the real host's queue listener does.

/** The share by which a step varies at random, either way (RandomizedExponentialBackoffStrategy). */
const RANDOMIZATION = 0.2;

export interface Backoff {
  /** The pause before the next look, ms. `found`: messages were received since the last pause. */
  next(found: boolean): number;
}

/**
 * Starts at the minimum, then adds minimum × 2^n (± 20 %) until the maximum is reached. It stays there until a look
 * finds something. `random` yields 0 ≤ x < 1.
 */
export function createBackoff(minimumMs: number, maximumMs: number, random: () => number): Backoff {
  let current = 0;
  let exponent = 0;
  return {
    next: (found) => {
      if (found) {
        current = minimumMs;
        exponent = 1;
        return current;
      }
      if (current === maximumMs) return current;
      const factor = 1 - RANDOMIZATION + random() * 2 * RANDOMIZATION;
      const step = exponent > 0 ? factor * 2 ** (exponent - 1) * minimumMs : 0;
      const proposed = minimumMs + step;
      if (proposed < maximumMs) {
        current = proposed;
        exponent++;
      } else {
        current = maximumMs;
      }
      return current;
    },
  };
}
