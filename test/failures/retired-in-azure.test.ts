// GPUs that Azure retired from Container Instances on 14 July 2025: the placement is passed over by its date, the job
// runs on the next one of its list, and its record tells both.
import { isDeepStrictEqual } from 'node:util';

import type { JobView } from '../../api/jobs';
import { paintFor } from '../../cli/paint';
import { jobCard } from '../../cli/show/job-card';
import { setKubernetesStage } from '../backends/kubernetes/kubernetes-stage';
import { createTestWorld, type TestWorld } from '../support/world/test-world';

const MINUTE = 60_000;
const RETIRED =
  'can\'t give V100: Azure retired it from Container Instances on 2025-07-14 (a placement that still has it says so with "offersRetiredGpus": true)';
const isGone = ({ outcome, cleanup }: JobView): boolean => outcome !== undefined && cleanup === 'gone';

/** A region whose GPUs are gone by their date, one that lacks them for now, and a cluster. It is 1 January 2026. */
function threeKinds(): Promise<TestWorld> {
  return createTestWorld(
    {
      retired: { placement: { offersRetiredGpus: false } },
      empty: { settings: { capacity: { 'eastus/V100': 0 }, capacityRefusal: 'at-create' } },
    },
    {
      elsewhere: (time) => {
        const { configured, backend, facts } = setKubernetesStage({ time });
        return [{ placement: configured, backend, facts }];
      },
    },
  );
}

const GPU = { image: 'example/program:1', gpu: { count: 1 } } as const;

test('a job whose first placement has retired GPUs runs on the cluster, and its record tells the story from the start', async () => {
  const world = await threeKinds();
  const jobId = await world.submit({ ...GPU, placements: ['retired', 'empty', 'cluster'] });
  const job = await world.until(jobId, isGone, 30 * MINUTE);
  expect(job).toMatchObject({
    outcome: 'Succeeded',
    passedOver: [{ placement: 'retired', why: RETIRED }],
    attempts: [
      { number: 1, placement: 'empty', backend: 'aci', reason: { code: 'capacity' }, cleanup: 'gone' },
      { number: 2, placement: 'cluster', backend: 'kubernetes', gpu: { count: 1, sku: 'T4' }, exitCode: 0 },
    ],
  });
  expect(world.emulators.get('retired')?.ledger().puts).toEqual([]);
  const card = jobCard(job, paintFor({ write: () => undefined }, {}), world.now()).join('\n');
  const told = ['passed over', RETIRED, 'attempt 1', 'attempt 2', 'cluster, kubernetes'].map((text) =>
    card.indexOf(text),
  );
  expect(told).not.toContain(-1);
  expect(
    isDeepStrictEqual(
      told,
      told.toSorted((a, b) => a - b),
    ),
  ).toBe(true);
});

test('a job that names no placement is told why each of them was passed over, too', async () => {
  const world = await threeKinds();
  const jobId = await world.submit({ ...GPU, gpu: { count: 1, sku: 'T4' } });
  const job = await world.until(jobId, isGone, 30 * MINUTE);
  expect(job).toMatchObject({ outcome: 'Succeeded', attempts: [{ placement: 'cluster' }] });
  expect(job.passedOver).toEqual(
    ['retired', 'empty'].map((placement) => ({
      placement,
      why: 'offers no 1 × T4 (it offers V100 × 1/2/4)',
    })),
  );
});

test('a job that every placement of its list can hold has nothing to tell of it', async () => {
  const world = await threeKinds();
  const jobId = await world.submit({ image: 'example/program:1', placements: ['cluster', 'empty'] });
  const job = await world.until(jobId, isGone, 30 * MINUTE);
  expect(job.outcome).toBe('Succeeded');
  expect(job).not.toHaveProperty('passedOver');
});
