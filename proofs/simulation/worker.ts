// A process that runs seeds: told which by its parent, it answers with what they add up to.
import { z } from 'zod';

import { faultOf } from '../faults/fault';
import { count, emptyTally, type Tally } from './report/tally';
import { runSeed } from './run-seed';
import { type SeedOrder, seedOrderSchema } from './steering/seed-order';

const ordersSchema = z.array(seedOrderSchema);

Error.stackTraceLimit = 0; // Errors are made by the thousand in this process and their stacks read by nobody.
process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  void work(ordersSchema.parse(message)).then((tally) => process.send?.(tally));
});

async function work(orders: readonly SeedOrder[]): Promise<Tally> {
  const tally = emptyTally();
  for (const order of orders) {
    count(tally, order, await runSeed(order.seed, { forced: order.forced.map(faultOf) }));
    await new Promise((resolve) => setImmediate(resolve)); // The parent may have ended meanwhile.
  }
  return tally;
}
