import type { ManagedEnvironment } from '@azure/arm-appcontainers';

import type { ContainerAppsClients } from '../../../../backends/container-apps/cloud/clients';
import { environmentCheck } from '../../../../backends/container-apps/doctor/environment-check';
import { containerAppsInspections } from '../../../../backends/container-apps/doctor/inspections';
import { workspaceInspections } from '../../../../backends/container-apps/doctor/workspace-inspection';
import type { Check } from '../../../../domain/backend/check';
import { json } from '../../../../standins/wire/handler';
import { created, refOn } from '../../../contract/backend-stage';
import { containerAppsPlacement } from '../../../support/container-apps-placement';
import { NEW_YEAR } from '../../../support/rows';
import { setContainerAppsStage, STAGE_WORKSPACE } from '../container-apps-stage';

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
    const check = environmentCheck(unlogged, placement);
    expect(check.detail).toContain('writes its logs to no workspace');
    expect(check.todo).toContain('az containerapp env update --resource-group rg1 --name env1 ');
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

async function workspaceChecked(
  clients: ContainerAppsClients,
  workspaceId = STAGE_WORKSPACE,
): Promise<Check> {
  const [look] = workspaceInspections(containerAppsPlacement({ workspaceId }), () => clients, NEW_YEAR);
  if (look === undefined) throw new Error('The doctor has no look at the workspace.');
  return look.check();
}

describe('the looks at a placement on Container Apps', () => {
  test('all pass on the service of the stage', async () => {
    const { backend, clients } = setContainerAppsStage();
    const placement = containerAppsPlacement({ gpus: T4 });
    const checks = await Promise.all(
      containerAppsInspections(placement, {}, backend, () => clients, NEW_YEAR).map(({ check }) => check()),
    );
    expect(checks.map(({ standing }) => standing)).toEqual(['ok', 'ok', 'ok', 'ok']);
  });

  test.each([
    ['has no row', false],
    ['has rows', true],
  ] as const)('pass on a workspace that %s', async (_, hasRows) => {
    const placement = containerAppsPlacement({ workspaceId: STAGE_WORKSPACE });
    const stage = setContainerAppsStage({ placement });
    if (hasRows) {
      await created(stage, refOn(stage));
      await stage.advance(20 * 60_000);
    }
    const [look] = workspaceInspections(placement, () => stage.clients, stage.now());
    expect(await look?.check()).toEqual({
      name: 'apps workspace',
      standing: 'ok',
      detail: `workspace ${STAGE_WORKSPACE} answers queries of this identity`,
    });
    expect(stage.sent.at(-1)).toBe(`POST /v1/workspaces/${STAGE_WORKSPACE}/query`);
  });

  test('fail where the workspace refuses this identity, with the command that lets it read', async () => {
    const { standIn, clients } = setContainerAppsStage();
    standIn.inject({ kind: 'query-refused', as: 'no-access', count: 1, seconds: 0 });
    const { standing, detail, todo } = await workspaceChecked(clients);
    expect(standing).toBe('failed');
    expect(detail).toMatch(/HTTP 403 .*the role Log Analytics Reader on the workspace/);
    expect(todo).toContain('az role assignment create --role "Log Analytics Reader"');
    expect(todo).toContain(`customerId=='${STAGE_WORKSPACE}'`);
  });

  test('fail where no workspace has the id, with the command that shows the right one', async () => {
    const { clients } = setContainerAppsStage();
    const { standing, detail, todo } = await workspaceChecked(clients, WORKSPACE);
    expect(standing).toBe('failed');
    expect(detail).toContain('HTTP 404');
    expect(todo).toContain(`No workspace has the id ${WORKSPACE}`);
    expect(todo).toContain('az containerapp env show --resource-group rg1 --name env1 ');
    expect(todo).not.toContain('az role assignment');
  });

  test.each([
    ['timeout', 'The service had trouble'],
    ['throttled', 'ask again in a minute'],
  ] as const)('fail where the service answers with a %s, without blaming rights', async (as, said) => {
    const { standIn, clients } = setContainerAppsStage();
    standIn.inject({ kind: 'query-refused', as, count: 1, seconds: 0 });
    const { standing, todo } = await workspaceChecked(clients);
    expect(standing).toBe('failed');
    expect(todo).toContain(said);
    expect(todo).not.toContain('az role assignment');
  });

  test('fail where nothing answers, with what to look at on the way', async () => {
    const { standIn, clients } = setContainerAppsStage();
    standIn.inject({ kind: 'api-down', forMs: 60_000 });
    const { standing, detail, todo } = await workspaceChecked(clients);
    expect(standing).toBe('failed');
    expect(detail).toContain('was not answered');
    expect(todo).toContain('GPU_JOBS_LOGS_ENDPOINT');
  });

  test('fail where the token is none for the endpoint', async () => {
    const { clients } = setContainerAppsStage({
      intercept: () => json(401, { error: { code: 'InvalidTokenError', message: 'no' } }),
    });
    expect(await workspaceChecked(clients)).toMatchObject({
      standing: 'failed',
      todo: expect.stringContaining('The token is none for this endpoint') as unknown,
    });
  });

  test('ask no workspace where the placement names none', () => {
    const { backend, clients } = setContainerAppsStage();
    const looks = containerAppsInspections(containerAppsPlacement(), {}, backend, () => clients, NEW_YEAR);
    expect(looks.map(({ name }) => name)).not.toContain('apps workspace');
  });

  test('warn of a region that had no such GPU', async () => {
    const { backend, clients } = setContainerAppsStage();
    const placement = containerAppsPlacement({ gpus: T4, region: 'norwayeast' });
    const look = containerAppsInspections(placement, {}, backend, () => clients, NEW_YEAR)[3];
    expect(await look?.check()).toMatchObject({
      standing: 'warning',
      detail: 'norwayeast had no serverless T4 as of April 2026',
    });
  });

  test('fail where the environment is missing', async () => {
    const { backend, clients } = setContainerAppsStage();
    const placement = containerAppsPlacement({ environment: 'elsewhere' });
    const look = containerAppsInspections(placement, {}, backend, () => clients, NEW_YEAR).find(({ name }) =>
      name.endsWith('environment'),
    );
    await expect(look?.check()).rejects.toThrow();
    expect(look?.todo).toContain('Check that environment elsewhere exists in resource group rg1');
  });
});
