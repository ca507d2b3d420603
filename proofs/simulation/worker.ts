// A process that runs the seeds that its parent names, and answers with the sum of their results.
import { z } from 'zod';

import { faultOf } from '../faults/fault';
import { count, emptyTally, type Tally } from './report/tally';
import { runSeed } from './run-seed';
import { type SeedOrder, seedOrderSchema } from './steering/seed-order';

const ordersSchema = z.array(seedOrderSchema);

Error.stackTraceLimit = 0; // Thousands of errors are made in this process, and their stacks are never read.
process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  void work(ordersSchema.parse(message)).then((tally) => process.send?.(tally));
});

async function work(orders: readonly SeedOrder[]): Promise<Tally> {
  const tally = emptyTally();
  for (const order of orders) {
    count(tally, order, await runSeed(order.seed, { forced: order.forced.map(faultOf), array: order.array }));
    await new Promise((resolve) => setImmediate(resolve)); // The parent may have ended meanwhile.
  }
  return tally;
}
