// What a job that names no resources is given: reckoned once, when it is admitted, and the same from then on.
import { reckonedCost } from '../../../domain/money/attempt-cost';
import { dispatch } from '../../../jobs/placement/dispatch';
import { restoreHolder } from '../../../jobs/placement/restore-holder';
import { attemptIn, rowsOf, type TestApp, testApp } from '../../support/app/test-app';
import { holders, withWaiting } from '../../support/app/waiting-jobs';
import { testPlacement } from '../../support/placements';
import { testJobId } from '../../support/rows';

/** A V100 brings 3 cores and 56 GB along, half of what Container Instances had beside it. */
const placement = testPlacement({
  limits: { workloads: 9, cores: 6.5, creates: [] },
  prices: { V100: 3, cpu: 0.04, memoryGb: 0.004 },
});

async function admitted(app: TestApp, ...jobs: readonly Parameters<typeof withWaiting>[2][]): Promise<void> {
  for (const [index, plan] of jobs.entries()) await withWaiting(app, index + 1, plan);
  app.pass(1);
  await dispatch(app.ports);
}

const NOTHING_NAMED = { resources: undefined };

test('limits of cores count what the placement gives, not what a job without a GPU would get', async () => {
  const app = testApp({ placements: [placement] });
  await admitted(app, NOTHING_NAMED, NOTHING_NAMED, NOTHING_NAMED);
  expect(await holders(app)).toHaveLength(2);
  const { row } = await app.placementRows.read('eastus');
  expect(Object.values(row.holders).map(({ cores }) => cores)).toEqual([3, 3]);
});

test('the row of its attempt keeps it, and its cost is reckoned with it', async () => {
  const app = testApp({ placements: [placement] });
  await admitted(app, NOTHING_NAMED);
  const row = await attemptIn(app);
  expect(row.resources).toEqual({ cpu: 3, memoryGb: 56 });
  const { plan } = (await rowsOf(app)).job.row;
  if (plan === undefined) throw new Error('no plan');
  const bills = { from: 'pulling', until: 'ended', of: 'workload' } as const;
  expect(reckonedCost(row, plan, { bills, prices: placement.prices }, 0)?.prices).toEqual([
    { of: 'V100', perHour: 3, quantity: 1 },
    { of: 'cpu', perHour: 0.04, quantity: 3 },
    { of: 'memoryGb', perHour: 0.004, quantity: 56 },
  ]);
});

test("the spec's own are kept as they are", async () => {
  const app = testApp({ placements: [placement] });
  await admitted(app, { resources: { cpu: 2, memoryGb: 99.25 } });
  expect((await attemptIn(app)).resources).toEqual({ cpu: 2, memoryGb: 99.25 });
});

test('a place that is put back holds as many cores as before', async () => {
  const app = testApp({ placements: [placement] });
  await admitted(app, NOTHING_NAMED);
  const { row, etag } = await app.placementRows.read('eastus');
  await app.placementRows.write({ ...row, holders: {} }, etag);
  expect(await restoreHolder(app.ports, testJobId(1), 1)).toBe(true);
  const after = (await app.placementRows.read('eastus')).row.holders;
  expect(Object.values(after)).toMatchObject([{ cores: 3, gpus: 1 }]);
});
