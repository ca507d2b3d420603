// A page of 50 of any list costs at most 3 requests and 200 entities read. `npm run list-costs` counts it with 10,000
// jobs.
import { measureListCosts, storeJobs } from '../../../proofs/list-costs/measure';
import { type Azurite, startAzurite } from '../../support/azurite';
import { isolatedClients } from '../../support/isolated-clients';

let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

test('a page of any list is one request and its own jobs, wherever it begins', async () => {
  const clients = isolatedClients(azurite.connectionString);
  await storeJobs(clients, 160);
  const costs = await measureListCosts(clients, 160);
  expect(costs.length).toBeGreaterThanOrEqual(13);
  for (const { jobs, requests, entities } of costs) {
    expect(requests).toBe(1);
    expect(entities).toBe(jobs);
  }
  expect(costs.find(({ list, page }) => list === 'all' && page === 2)).toMatchObject({ jobs: 50 });
  expect(costs.find(({ list, page }) => list === 'schedule=nightly' && page === 0)).toMatchObject({
    jobs: 8,
  });
  expect(costs.find(({ list, page }) => list === 'state=Running' && page === 1)).toMatchObject({ jobs: 8 });
}, 60_000);
