// What becomes of a job that the first placements of the local stack can't take: the next one runs it, and the record
// says why each before it did not.
import { z } from 'zod';

import { HOST_PROCESS_IMAGE } from '../../standins/containers/known-images';
import { readAppsLedger } from '../../standins/stack/apps-view';
import { readClusterLedger } from '../../standins/stack/cluster-view';
import { bootTestStack, isOverAndGone, type TestStack } from './support/test-stack';

const PROGRAM = { image: HOST_PROCESS_IMAGE, command: ['sh', '-c', 'echo ran'] };
/** The limit of one test, milliseconds. */
const FALLBACK_MS = 90_000;

let local: TestStack;
let apps: string;
let cluster: NonNullable<TestStack['stack']['kubernetes']>;

beforeAll(async () => {
  const noA100 = { ManagedEnvironmentConsumptionNCA100Gpus: 0 };
  const settings = { GPU_JOBS_CONTAINER_APPS_QUOTAS: JSON.stringify(noA100) };
  local = await bootTestStack(settings, { kubernetes: true, containerApps: true });
  const { containerAppsUrl, kubernetes } = local.stack;
  if (containerAppsUrl === undefined || kubernetes === undefined) throw new Error('The stack is not whole.');
  apps = containerAppsUrl;
  cluster = kubernetes;
}, 60_000);

afterAll(() => local.stop());

const recordSchema = z.object({
  passedOver: z.array(z.object({ placement: z.string(), why: z.string() })).optional(),
});

async function recordOf(id: string): Promise<z.infer<typeof recordSchema>> {
  return recordSchema.parse(await (await fetch(`${local.stack.functionsUrl}/api/jobs/${id}`)).json());
}

/** How many programs each platform started. */
async function programs(): Promise<{ readonly apps: number; readonly cluster: number }> {
  const [onApps, onCluster] = await Promise.all([readAppsLedger(apps), readClusterLedger(cluster)]);
  return { apps: onApps.programs.length, cluster: onCluster.programs.length };
}

test(
  'a job that asks for two GPUs is passed over where a workload has one',
  async () => {
    const id = await local.api.submit({ ...PROGRAM, gpu: { count: 2, sku: 'K80' } });
    const job = await local.untilJob(id, isOverAndGone, 'over and gone');
    expect(job).toMatchObject({
      state: 'Succeeded',
      attempts: [{ number: 1, placement: 'local-eastus', exitCode: 0 }],
    });
    expect((await recordOf(id)).passedOver).toEqual([
      { placement: 'local-container-apps', why: expect.stringContaining('offers no 2 × K80') as unknown },
      { placement: 'local-kubernetes', why: expect.stringContaining('offers no 2 × K80') as unknown },
    ]);
    expect(await programs()).toEqual({ apps: 0, cluster: 0 });
  },
  FALLBACK_MS,
);

test(
  'a job is passed over where the quota of its GPU is too small for it',
  async () => {
    const id = await local.api.submit({ ...PROGRAM, gpu: { count: 1, sku: 'V100' } });
    const job = await local.untilJob(id, isOverAndGone, 'over and gone');
    expect(job).toMatchObject({
      state: 'Succeeded',
      attempts: [{ number: 1, placement: 'local-eastus', exitCode: 0 }],
    });
    expect((await recordOf(id)).passedOver).toEqual([
      {
        placement: 'local-container-apps',
        why: expect.stringContaining('ManagedEnvironmentConsumptionNCA100Gpus') as unknown,
      },
      { placement: 'local-kubernetes', why: expect.stringContaining('offers no 1 × V100') as unknown },
    ]);
  },
  FALLBACK_MS,
);
