import { randomInt } from 'node:crypto';

import { inPlainNode } from '../../support/plain-node';
import { fuzzQueue, queueFuzzReportSchema } from '../support/fuzz-queue';

const RUNS = 400;

test('whatever is sent to the queue becomes one job or is kept as one, however often it is delivered and whatever of the metadata it replaces', async () => {
  const seed = randomInt(2 ** 31);
  const { fault, ...counts } = await inPlainNode({
    module: 'test/functions/support/fuzz-queue.ts',
    name: fuzzQueue.name,
    argument: { seed, runs: RUNS },
    answer: queueFuzzReportSchema,
    limitMs: 120_000,
  });
  expect({ seed, fault }).toEqual({ seed });
  // The test proves something only if each way was taken.
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(0);
}, 130_000);
