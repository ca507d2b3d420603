import type { ManagedEnvironment } from '@azure/arm-appcontainers';

import { environmentCheck } from '../../../../backends/container-apps/doctor/environment-check';
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
    expect(environmentCheck(ENVIRONMENT, placement)).toEqual({
      name: 'apps environment',
      standing: 'ok',
      detail: 'environment env1 has Consumption, serverless-t4 (Consumption-GPU-NC8as-T4)',
    });
  });

  test('is all that is wrong at once, each with what mends it', () => {
    const workspaceId = '44444444-4444-4444-4444-444444444444';
    const { detail, standing, todo } = environmentCheck(ENVIRONMENT, containerAppsPlacement({ workspaceId }));
    expect(standing).toBe('failed');
    expect(detail).toContain('the environment has no workload profile of the name serverless-a100');
    expect(detail).toContain(`writes its logs to ${WORKSPACE}, the placement names ${workspaceId}`);
    expect(todo).toContain(
      '--workload-profile-name serverless-a100 --workload-profile-type Consumption-GPU-NC24-A100',
    );
    expect(todo).toContain(`"workspaceId": "${WORKSPACE}"`);
  });

  test.each([
    ['T4', 'Consumption', 'Consumption'],
    ['A100', 'serverless-t4', 'Consumption-GPU-NC8as-T4'],
  ])('fails where the profile of a %s is %s, which has none', (sku, profile, type) => {
    const gpus = [{ sku, counts: [1 as const], profile }];
    expect(environmentCheck(ENVIRONMENT, containerAppsPlacement({ gpus }))).toMatchObject({
      standing: 'failed',
      detail: `the workload profile ${profile} is of type ${type}, which has no ${sku}`,
    });
  });

  test('warns where only the workspace is another one', () => {
    const workspaceId = '44444444-4444-4444-4444-444444444444';
    const placement = containerAppsPlacement({ gpus: T4, workspaceId });
    expect(environmentCheck(ENVIRONMENT, placement)).toMatchObject({ standing: 'warning' });
    const unlogged = { ...ENVIRONMENT, appLogsConfiguration: {} };
    expect(environmentCheck(unlogged, placement).detail).toContain('writes its logs to no workspace');
  });

  test('fails where it is in another region than the placement says', () => {
    const placement = containerAppsPlacement({ gpus: T4, region: 'eastus' });
    expect(environmentCheck(ENVIRONMENT, placement)).toMatchObject({
      standing: 'failed',
      detail: 'the environment is in West US 3, the placement says eastus',
      todo: 'Set the placement\'s "region": "westus3".',
    });
  });

  test.each([
    ['has no profiles', { ...ENVIRONMENT, workloadProfiles: [] }, 'Consumption only'],
    ['is not provisioned', { ...ENVIRONMENT, provisioningState: 'Failed' }, 'is Failed'],
  ])('fails where it %s', (_, environment, said) => {
    const check = environmentCheck(environment, containerAppsPlacement());
    expect(check).toMatchObject({ standing: 'failed' });
    expect(check.detail).toContain(said);
    expect(check.todo).toContain('az containerapp env ');
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
