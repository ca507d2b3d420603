// The little while that everything takes on a host, in virtual time.

/**
 * Milliseconds from 10 to 99, the same for all that begins at `now`. Afterwards the clock stands at a 3 in the last
 * place: no instant falls on a whole second (which the recordings show without a label), and the tens differ from those
 * of `now`, so that an instant that JavaScript computes from one episode's clock is not taken for one computed from
 * another's.
 */
export function delayAt(now: number): number {
  const tens = Math.floor(now / 10);
  const further = 1 + ((tens * 7) % 9);
  return (tens + further) * 10 + 3 - now;
}
