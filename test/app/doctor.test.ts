import { checkDeployment } from '../../app/doctor';
import { QUOTA_REQUEST } from '../../backends/aci/inspections';
import type { Check } from '../../domain/backend/check';
import { serve } from '../../standins/wire/node-server';
import { setStage } from '../standins/aci/support';
import { RESOURCE_GROUP, SUBSCRIPTION, testPlacement } from '../support/placements';

/** Nothing listens there, and the SDKs give up at once. */
const NOBODY = 'http://127.0.0.1:1';
const STORAGE = `DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;BlobEndpoint=${NOBODY}/a;QueueEndpoint=${NOBODY}/a;TableEndpoint=${NOBODY}/a;`;

async function checks(env: Record<string, string>): Promise<Check[]> {
  const all: Check[] = [];
  for await (const check of checkDeployment(env)) all.push(check);
  return all;
}

function settings(armEndpoint: string, placement: object): Record<string, string> {
  return {
    AzureWebJobsStorage: STORAGE,
    GPU_JOBS_ARM_ENDPOINT: armEndpoint,
    GPU_JOBS_PLACEMENTS: JSON.stringify([placement]),
  };
}

test('settings that cannot be used are all that it says, with what is wrong', async () => {
  const found = await checks({ GPU_JOBS_PLACEMENTS: '[{"name":"Here","backend":"aci"}]' });
  expect(found).toMatchObject([{ name: 'settings', standing: 'failed' }]);
  expect(found[0]?.detail).toContain('/0/name');
  expect(found[0]?.todo).toBeDefined();
});

test('each service that does not answer is named, with what to do', async () => {
  const found = await checks(settings(NOBODY, testPlacement({ name: 'here' })));
  const failed = found.filter(({ standing }) => standing === 'failed');
  expect(failed.map(({ name }) => name)).toEqual(expect.arrayContaining(['storage', 'here', 'here quota']));
  for (const { todo } of failed) expect(todo).toMatch(/\.$/);
});

test('a GPU that Azure has retired and a quota of zero are named, with where to ask for more', async () => {
  const stage = setStage({ settings: { quotas: { ContainerGroups: 10, StandardV100Cores: 0 } } });
  const server = await serve((request) => stage.emulator.handle(request), {
    port: 0,
    onError: () => undefined,
  });
  try {
    const placement = { name: 'here', subscriptionId: SUBSCRIPTION, resourceGroup: RESOURCE_GROUP };
    const gpus = [{ sku: 'V100', counts: [1 as const] }];
    const found = await checks(
      settings(server.origin, testPlacement({ ...placement, gpus, offersRetiredGpus: false })),
    );
    expect(found.find(({ detail }) => detail.includes('retired'))).toMatchObject({
      name: 'here',
      standing: 'failed',
    });
    const quota = found.find(({ name }) => name === 'here quota');
    expect(quota).toMatchObject({ standing: 'failed' });
    expect(quota?.todo).toContain(QUOTA_REQUEST);
  } finally {
    await server.close();
    await stage.emulator.close();
  }
});
