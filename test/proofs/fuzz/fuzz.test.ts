// The fuzzer for a short while. `npm run fuzz` runs it for longer.
import { z } from 'zod';

import { inPlainNode } from '../../support/plain-node';

const report = z.object({
  seed: z.number(),
  targets: z.array(
    z.object({ name: z.string(), inputs: z.number(), slowestMs: z.number(), failure: z.string().optional() }),
  ),
});

test('no parser throws, forgets to say where, or takes long', async () => {
  const argument = { runs: 2_600, seed: 20_261_122 };
  const { targets } = await inPlainNode({
    module: 'proofs/fuzz/fuzz.ts',
    name: 'fuzz',
    argument,
    answer: report,
    limitMs: 120_000,
  });
  expect(targets.map(({ failure }) => failure)).toEqual(targets.map(() => undefined));
  expect(targets.every(({ inputs }) => inputs >= 200)).toBe(true);
}, 130_000);
