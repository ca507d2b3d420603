import type { ManagedEnvironment } from '@azure/arm-appcontainers';

import { environmentChecks } from '../../../../backends/container-apps/doctor/environment-check';
import { containerAppsInspections } from '../../../../backends/container-apps/doctor/inspections';
import { containerAppsPlacement } from '../../../support/container-apps-placement';
import { setContainerAppsStage } from '../container-apps-stage';

const WORKSPACE = '33333333-3333-3333-3333-333333333333';
/** As env-get-gpu-consumption shows one. */
const ENVIRONMENT: ManagedEnvironment = {
  location: 'West US 3',
  provisioningState: 'Succeeded',
  workloadProfiles: [
    { name: 'Consumption', workloadProfileType: 'Consumption' },
    { name: 'serverless-t4', workloadProfileType: 'Consumption-GPU-NC8as-T4' },
  ],
  appLogsConfiguration: {
    destination: 'log-analytics',
    logAnalyticsConfiguration: { customerId: WORKSPACE },
  },
};
const T4 = [{ sku: 'T4', counts: [1], profile: 'serverless-t4' }];

describe('what the doctor finds of an environment', () => {
  test('is well where the profiles are there and the workspace is the one that is written to', () => {
    const placement = containerAppsPlacement({ gpus: T4, workspaceId: WORKSPACE });
    expect(environmentChecks(ENVIRONMENT, placement)).toEqual([
      {
        name: 'apps environment',
        standing: 'ok',
        detail: 'environment env1 has Consumption, serverless-t4 (Consumption-GPU-NC8as-T4)',
      },
    ]);
  });

  test('names the command that adds a profile that is missing', () => {
    const checks = environmentChecks(ENVIRONMENT, containerAppsPlacement());
    expect(checks).toContainEqual({
      name: 'apps profile serverless-a100',
      standing: 'failed',
      detail: 'the environment has no workload profile of the name serverless-a100',
      todo: 'az containerapp env workload-profile add --resource-group rg1 --name env1 --workload-profile-name serverless-a100 --workload-profile-type Consumption-GPU-NC24-A100',
    });
  });

  test('sees a profile that has no GPU', () => {
    const gpus = [{ sku: 'T4', counts: [1], profile: 'Consumption' }];
    expect(environmentChecks(ENVIRONMENT, containerAppsPlacement({ gpus }))).toContainEqual(
      expect.objectContaining({
        standing: 'failed',
        detail: 'the workload profile Consumption is of type Consumption, which has no GPU',
      }),
    );
  });

  test.each([
    ['has no profiles', { ...ENVIRONMENT, workloadProfiles: [] }, 'Consumption only'],
    ['is not provisioned', { ...ENVIRONMENT, provisioningState: 'Failed' }, 'is Failed'],
  ])('fails where it %s', (_, environment, said) => {
    const [check, ...others] = environmentChecks(environment, containerAppsPlacement());
    expect(others).toEqual([]);
    expect(check).toMatchObject({ standing: 'failed' });
    expect(check?.detail).toContain(said);
  });

  test('warns of a workspace that gets none of its logs', () => {
    const workspaceId = '44444444-4444-4444-4444-444444444444';
    expect(environmentChecks(ENVIRONMENT, containerAppsPlacement({ gpus: T4, workspaceId }))).toContainEqual(
      expect.objectContaining({ name: 'apps workspace', standing: 'warning' }),
    );
  });
});

describe('the looks at a placement on Container Apps', () => {
  test('all pass on the service of the stage', async () => {
    const { backend, clients } = setContainerAppsStage();
    const placement = containerAppsPlacement({ gpus: T4 });
    const checks = await Promise.all(
      containerAppsInspections(placement, backend, () => clients).map(({ check }) => check()),
    );
    expect(checks.map(({ standing }) => standing)).toEqual(['ok', 'ok', 'ok']);
  });

  test('warn of a region that had no such GPU', async () => {
    const { backend, clients } = setContainerAppsStage();
    const placement = containerAppsPlacement({ gpus: T4, region: 'norwayeast' });
    const look = containerAppsInspections(placement, backend, () => clients)[2];
    expect(await look?.check()).toMatchObject({
      standing: 'warning',
      detail: 'norwayeast had no serverless T4 as of April 2026',
    });
  });

  test('fail where the environment is missing', async () => {
    const { backend, clients } = setContainerAppsStage();
    const placement = containerAppsPlacement({ environment: 'elsewhere' });
    const look = containerAppsInspections(placement, backend, () => clients).find(({ name }) =>
      name.endsWith('environment'),
    );
    await expect(look?.check()).rejects.toThrow();
    expect(look?.todo).toContain('Check that environment elsewhere exists in resource group rg1');
  });
});
