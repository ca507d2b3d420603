// Lets virtual time pass in a test.
import { setImmediate as allElse } from 'node:timers/promises';

import type { VirtualTime } from '../../standins/kernel/virtual-time';

/** Runs all that is due within so many milliseconds. */
export function advance(time: VirtualTime, ms: number): void {
  const until = time.clock.now() + ms;
  while (time.runNext(until)) continue;
}

/** The same for code that awaits: before each timer, all that can go on does. */
export async function advanceInTurns(time: VirtualTime, ms: number): Promise<void> {
  const until = time.clock.now() + ms;
  do await allElse();
  while (time.runNext(until));
}
