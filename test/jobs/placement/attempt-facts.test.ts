// What admission writes on an attempt's row of the placement it goes to: its GPUs, its backend, its region.
import { jobView } from '../../../api/views/job-view';
import { advance } from '../../../jobs/attempt/advance';
import { dispatch } from '../../../jobs/placement/dispatch';
import { attemptIn, rowsOf, type TestApp, testApp } from '../../support/app/test-app';
import { withWaiting } from '../../support/app/waiting-jobs';
import { generousFacts } from '../../support/generous-facts';
import { testPlacement } from '../../support/placements';
import { testJobId } from '../../support/rows';

const JOB = testJobId(1);

/** Any number of GPUs, at `eastus`. */
function generous(region?: string): TestApp {
  const placements = [testPlacement({ gpus: [{ sku: 'A100', counts: [3, 5, 8] }] })];
  return testApp({ placements, factsOf: () => generousFacts({ region }) });
}

test.each([3, 5, 8])('a job gets the %i GPUs that it asks for, from its row to its create', async (count) => {
  const app = generous();
  await withWaiting(app, 1, { gpu: { count } });
  app.pass(1);
  expect(await dispatch(app.ports)).toEqual({ admitted: 1, waiting: 0 });
  expect((await attemptIn(app)).gpu).toEqual({ count, sku: 'A100' });
  const { specHash } = (await rowsOf(app)).job.row;
  await app.ports.specs.put(specHash, { image: 'a:1', gpu: { count } });
  await advance(app.ports, { jobId: JOB, attempt: 1, epoch: 1 });
  expect(app.backend.creates.map(({ gpu }) => gpu)).toEqual([{ count, sku: 'A100' }]);
});

test('an attempt keeps the backend and the region that its placement had when it was admitted', async () => {
  const app = generous('northeurope');
  await withWaiting(app, 1, { gpu: { count: 3 } });
  app.pass(1);
  await dispatch(app.ports);
  const kept = { placement: 'eastus', backend: 'generous', region: 'northeurope' };
  expect(await attemptIn(app)).toMatchObject(kept);
  expect(jobView(await rowsOf(app)).attempts).toMatchObject([kept]);
});

test('an attempt has no region where its backend has none', async () => {
  const app = generous();
  await withWaiting(app, 1, { gpu: { count: 3 } });
  app.pass(1);
  await dispatch(app.ports);
  expect(await attemptIn(app)).not.toHaveProperty('region');
  expect(jobView(await rowsOf(app)).attempts[0]).not.toHaveProperty('region');
});
