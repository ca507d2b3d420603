import { containerAppsInspections } from '../../../../backends/container-apps/doctor/inspections';
import type { ContainerAppsPlacement } from '../../../../backends/container-apps/placement';
import type { Check } from '../../../../domain/backend/check';
import type { GivenEnvironment } from '../../../../standins/container-apps/settings';
import { json } from '../../../../standins/wire/handler';
import { containerAppsPlacement } from '../../../support/container-apps-placement';
import { NEW_YEAR } from '../../../support/rows';
import { setContainerAppsStage } from '../container-apps-stage';

const url = (account: string, share: string): string => `https://${account}.file.core.windows.net/${share}`;
const ACCOUNT = { account: 'files', key: 'a2V5' };
const ENVIRONMENT: GivenEnvironment = {
  subscription: '00000000-0000-0000-0000-000000000001',
  resourceGroup: 'rg1',
  name: 'env1',
  location: 'westus3',
  profiles: { Consumption: 'Consumption', 'serverless-t4': 'Consumption-GPU-NC8as-T4' },
  storages: {
    results: { ...ACCOUNT, share: 'results', accessMode: 'ReadWrite' },
    data: { ...ACCOUNT, share: 'data', accessMode: 'ReadOnly' },
  },
};

/** By the genuine client; `answer`: in place of the service's own about storages. */
async function checked(
  volume: NonNullable<ContainerAppsPlacement['volumes']>[string],
  answer?: object,
): Promise<Check | undefined> {
  const { backend, clientsOf } = setContainerAppsStage({
    settings: { environments: [ENVIRONMENT] },
    intercept: ({ url: { pathname } }) =>
      answer !== undefined && pathname.includes('/storages/') ? json(200, answer) : undefined,
  });
  const placement = containerAppsPlacement({ volumes: { mine: volume } });
  const inspections = containerAppsInspections(placement, {}, backend, clientsOf, NEW_YEAR);
  return inspections.find(({ name }) => name === 'apps volume mine')?.check();
}

describe('the look at a storage of the environment', () => {
  test('is well where it is the share that the app reads, with the access that is told', async () => {
    expect(await checked({ storage: 'results', share: { url: url('files', 'results') } })).toMatchObject({
      standing: 'ok',
      detail: 'storage results is share files/results, for reading and writing',
    });
    expect(await checked({ storage: 'data', readOnly: true })).toMatchObject({
      standing: 'ok',
      detail: 'storage data is share files/data, for reading alone',
    });
  });

  test('names the command that makes one that is missing', async () => {
    const check = await checked({ storage: 'none', share: { url: url('files', 'none') } });
    expect(check).toMatchObject({
      standing: 'failed',
      detail: expect.stringContaining('has no storage none') as unknown,
    });
    expect(check?.todo).toContain(
      'az containerapp env storage set --name env1 --resource-group rg1 --subscription 00000000-0000-0000-0000-000000000001 --storage-name none --storage-type AzureFile --azure-file-account-name files --azure-file-share-name none --azure-file-account-key KEY --access-mode ReadWrite',
    );
  });

  test.each([
    ['can be read alone, and jobs may write', { storage: 'data' }, '--access-mode ReadWrite'],
    ['can be written, and jobs may not', { storage: 'results', readOnly: true }, '--access-mode ReadOnly'],
  ])('that %s has failed', async (_, volume, command) => {
    const check = await checked(volume);
    expect(check?.standing).toBe('failed');
    expect(check?.todo).toContain(command);
  });

  test.each([
    ['share', url('files', 'other')],
    ['account', url('elsewhere', 'results')],
  ])('of another %s than the app reads has failed, with what to write', async (_, told) => {
    const check = await checked({ storage: 'results', share: { url: told } });
    expect(check).toMatchObject({ standing: 'failed' });
    expect(check?.detail).toContain('jobs mount share files/results (storage results)');
    expect(check?.todo).toContain(`"share": { "url": "${url('files', 'results')}" }`);
  });

  test('by NFS is read too, and of another kind is not judged', async () => {
    const nfs = {
      server: 'files.file.core.windows.net',
      shareName: '/files/results',
      accessMode: 'ReadWrite',
    };
    const volume = { storage: 'results', share: { url: url('files', 'results') } };
    expect((await checked(volume, { properties: { nfsAzureFile: nfs } }))?.standing).toBe('ok');
    expect((await checked(volume, { properties: {} }))?.standing).toBe('skipped');
  });
});
