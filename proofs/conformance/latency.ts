// The small delay that everything has on a host, in virtual time.

/**
 * Milliseconds from 10 to 99, the same for all that begins at `now`. Afterwards the clock's last digit is 3, so no
 * instant falls on a whole second, which the recordings show without a label. The tens digit differs from that of
 * `now`, so an instant that JavaScript computes from one episode's clock is not confused with one from another's.
 */
export function delayAt(now: number): number {
  const tens = Math.floor(now / 10);
  const further = 1 + ((tens * 7) % 9);
  return (tens + further) * 10 + 3 - now;
}
