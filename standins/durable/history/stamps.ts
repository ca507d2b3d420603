// Timestamps that are never equal and never go back, which those of a real host practically are not either.
import type { Clock } from '../../kernel/clock';
import { formatInstant, TICKS_PER_MS } from '../instant';

/** Makes the next timestamp: now, in ticks, and later than the one before. */
export type Stamp = () => string;

/**
 * A wall clock counts milliseconds, a history ticks. So the digits below the millisecond come from a counter and are
 * never zero. Two events of one millisecond then differ, and none coincides with an instant that JavaScript computed.
 */
export function stampsOf(clock: Clock): Stamp {
  let last = 0n;
  let count = 0n;
  return () => {
    const floor = BigInt(Math.floor(clock.now())) * TICKS_PER_MS;
    // 7,919 shares no factor with 9,999, so all 9,999 values come before one repeats.
    let next = floor + ((++count * 7_919n) % 9_999n) + 1n;
    if (next <= last) next = last + 1n;
    if (next % TICKS_PER_MS === 0n) next += 1n;
    last = next;
    return formatInstant(next);
  };
}
