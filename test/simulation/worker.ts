// A process that runs seeds: told which by its parent, it answers with what they add up to.
import { z } from 'zod';

import { runSeed } from './run-seed';
import { count, emptyTally } from './tally';

/** Errors are made by the thousand here and their stacks read by nobody. */
Error.stackTraceLimit = 0;

const orderSchema = z.object({ from: z.number(), to: z.number() });

process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  void work(orderSchema.parse(message)).then((tally) => process.send?.(tally));
});

async function work({ from, to }: z.infer<typeof orderSchema>): Promise<ReturnType<typeof emptyTally>> {
  const tally = emptyTally();
  for (let seed = from; seed < to; seed += 1) {
    count(tally, await runSeed(seed));
    await new Promise((resolve) => setImmediate(resolve)); // The parent may have ended meanwhile.
  }
  return tally;
}
