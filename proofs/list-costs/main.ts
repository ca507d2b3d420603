// `npm run list-costs [-- --jobs N]`: stores the list entries of N jobs in Azurite and counts what a page of each list
// costs.
import { parseArgs } from 'node:util';

import { startAzurite } from '../../test/support/azurite';
import { isolatedClients } from '../../test/support/isolated-clients';
import { measureListCosts, storeEntries } from './measure';

const { values } = parseArgs({ options: { jobs: { type: 'string', default: '10000' } } });

/**
 * The limit of one call, milliseconds. The emulator searches all rows for each row that it writes: 10,000 jobs take it
 * minutes, and it gets slower.
 */
const CALL_LIMIT_MS = 120_000;

async function main(jobs: number): Promise<void> {
  const azurite = await startAzurite();
  try {
    const startedAt = performance.now();
    let toldAt = startedAt;
    const clients = isolatedClients(azurite.connectionString, CALL_LIMIT_MS);
    await storeEntries(clients, jobs, (stored) => {
      if (performance.now() - toldAt < 5_000) return;
      toldAt = performance.now();
      process.stderr.write(`${stored} of ${jobs} jobs stored\n`);
    });
    process.stderr.write(`${jobs} jobs stored in ${Math.round((performance.now() - startedAt) / 1000)} s\n`);
    const costs = await measureListCosts(clients, jobs);
    const [first] = costs;
    if (first === undefined) throw new Error('Nothing was listed.');
    const rows = costs.map((cost) => ({ ...cost, page: cost.page === 0 ? 'older half' : String(cost.page) }));
    for (const row of [Object.fromEntries(Object.keys(first).map((name) => [name, name])), ...rows])
      process.stdout.write(
        `${Object.values(row)
          .map((cell) => String(cell).padEnd(20))
          .join('')}\n`,
      );
  } finally {
    await azurite.stop();
  }
}

main(Number(values.jobs)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
