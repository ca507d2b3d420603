// main.bicep as azd deploys it, played: what is made by which parameters, and whether the app can read its settings.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { readSettings, type Settings } from '../../app/settings';
import { connectionFromSettings } from '../../storage/account/connection';
import { deploy, type Deployed } from './support/deploy/deploy';
import { asObject, type ValueObject } from './support/deploy/value';

const ROOT = join(__dirname, '../..');
const SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';
const APP = '00000000-0000-0000-0000-0000000000d1';
const PERSON = '00000000-0000-0000-0000-0000000000d2';

function deployed(params: ValueObject = {}): Deployed {
  const all = { environmentName: 'first', location: 'westeurope', principalId: PERSON, ...params };
  return deploy(join(ROOT, 'infra/main.bicep'), all, { subscriptionId: SUBSCRIPTION });
}

const setting = z.object({ name: z.string(), value: z.string() });
const site = z.object({
  properties: z.object({
    siteConfig: z.object({ appSettings: z.array(setting) }),
    functionAppConfig: z.object({
      runtime: z.object({ version: z.string() }),
      scaleAndConcurrency: z.object({ alwaysReady: z.array(z.unknown()) }),
    }),
  }),
});

const app = ({ made }: Deployed): z.infer<typeof site> =>
  site.parse(made.find(({ type }) => type === 'Microsoft.Web/sites')?.body);

function environmentOf(deployment: Deployed): Record<string, string> {
  const { appSettings } = app(deployment).properties.siteConfig;
  return Object.fromEntries(appSettings.map(({ name, value }) => [name, value]));
}

const settingsOf = (deployment: Deployed): Settings => readSettings(environmentOf(deployment));

const FURTHER = [
  {
    name: 'aci-eastus',
    backend: 'aci',
    subscriptionId: SUBSCRIPTION,
    resourceGroup: 'gpu-jobs-eastus',
    region: 'eastus',
    gpus: [],
    limits: { workloads: 20 },
  },
  {
    name: 'aks-h100',
    backend: 'kubernetes',
    cluster: { aks: { subscriptionId: SUBSCRIPTION, resourceGroup: 'my-clusters', name: 'my-cluster' } },
    namespace: 'gpu-jobs',
    gpus: [{ sku: 'H100', counts: [1] }],
    limits: { workloads: 2 },
  },
  {
    name: 'apps-eastus',
    backend: 'container-apps',
    subscriptionId: SUBSCRIPTION,
    resourceGroup: 'other-jobs',
    region: 'eastus',
    environment: `/subscriptions/11111111-0000-0000-0000-000000000000/resourceGroups/theirs/providers/Microsoft.App/managedEnvironments/shared`,
    gpus: [{ sku: 'A100', counts: [1], profile: 'a100' }],
    limits: { workloads: 2 },
  },
];

describe('the app', () => {
  test('reads its settings: one placement, in the environment that was made', () => {
    const { placements, keyVault } = settingsOf(deployed());
    expect(placements).toMatchObject([
      {
        name: 'apps-westus3',
        backend: 'container-apps',
        subscriptionId: SUBSCRIPTION,
        resourceGroup: 'rg-first-jobs',
        gpus: [{ sku: 'T4', counts: [1], profile: 't4' }],
        workspaceId: '00000000-0000-0000-0000-0000000000bb',
        limits: { workloads: 4 },
      },
    ]);
    expect(keyVault?.href).toMatch(/^https:\/\/kv-\w{13}\.vault\.azure\.net\/$/);
  });

  test('has that placement first, and then each further one', () => {
    const { placements } = settingsOf(deployed({ furtherPlacements: FURTHER }));
    expect(placements.map(({ name }) => name)).toEqual([
      'apps-westus3',
      'aci-eastus',
      'aks-h100',
      'apps-eastus',
    ]);
  });

  test('has the further ones alone where no environment is made', () => {
    const deployment = deployed({ gpuRegion: 'none', furtherPlacements: FURTHER.slice(0, 1) });
    expect(settingsOf(deployment).placements.map(({ name }) => name)).toEqual(['aci-eastus']);
    expect(deployment.made.filter(({ type }) => type === 'Microsoft.App/managedEnvironments')).toEqual([]);
  });

  test('offers A100, prices, schedules and a policy where they are given', () => {
    const schedules = [
      { name: 'nightly', cron: '0 3 * * *', timeZone: 'Europe/Berlin', spec: { image: 'a/b:1' } },
    ];
    const settings = settingsOf(
      deployed({ gpuA100: true, gpuPrices: { T4: 0.34 }, schedules, policy: { registries: ['nvcr.io'] } }),
    );
    expect(settings.placements[0]).toMatchObject({
      gpus: [{ sku: 'T4' }, { sku: 'A100', counts: [1], profile: 'a100' }],
      prices: { T4: 0.34 },
    });
    expect(settings.schedules.map(({ name }) => name)).toEqual(['nightly']);
    expect(settings.policy).toEqual({ registries: ['nvcr.io'] });
  });

  test('reaches its storage by its identity, the host as well as our own clients', () => {
    const environment = environmentOf(deployed());
    const connection = connectionFromSettings(environment, () => ({ getToken: () => Promise.resolve(null) }));
    expect(connection).toMatchObject({
      kind: 'identity',
      blobUrl: expect.stringMatching(/^https:\/\/st\w{13}\.blob\.core\.windows\.net\/$/) as unknown,
    });
    expect(environment['AZURE_CLIENT_ID']).toBe(environment['AzureWebJobsStorage__clientId']);
    expect(environment['AzureWebJobsStorage']).toBeUndefined();
  });

  test('has one instance always ready for orchestrations, unless that is turned off', () => {
    const alwaysReady = (params: ValueObject): unknown =>
      app(deployed(params)).properties.functionAppConfig.scaleAndConcurrency.alwaysReady;
    expect(alwaysReady({})).toEqual([{ name: 'durable', instanceCount: 1 }]);
    expect(alwaysReady({ alwaysReadyDurable: 0 })).toEqual([]);
  });
});

describe('what azd keeps', () => {
  test('is enough for gpujobs doctor: the settings, by their names', () => {
    const { outputs } = deployed({ furtherPlacements: FURTHER });
    const environment = z.record(z.string(), z.string()).parse(outputs);
    expect(readSettings(environment).placements).toHaveLength(4);
    expect(connectionFromSettings(environment, () => ({ getToken: () => Promise.resolve(null) })).kind).toBe(
      'identity',
    );
    expect(environment['GPUJOBS_URL']).toMatch(/^https:\/\/func-\w{13}\.azurewebsites\.net$/);
  });
});

describe('tags', () => {
  test.each([
    ['the app and its jobs', {}],
    ['the watchdog', { ownerId: 'owner0000000', watchdogImage: 'w:1' }],
  ])('name the environment of azd on all that %s is made of', (_what, params) => {
    const { made } = deployed({ ...params, registry: 'r', registryGroup: 'registries' });
    const located = made.filter(({ body }) => 'location' in body);
    expect(located.length).toBeGreaterThan(8);
    expect(
      located
        .filter(({ body }) => asObject(body['tags'] ?? {})['azd-env-name'] !== 'first')
        .map(({ id }) => id),
    ).toEqual([]);
  });

  test('name the service of azure.yaml on the app', () => {
    const [service] = /(?<=^services:\n {2})\w+/m.exec(readFileSync(join(ROOT, 'azure.yaml'), 'utf8')) ?? [];
    const { made } = deployed();
    const tagged = made.filter(({ body }) => 'azd-service-name' in asObject(body['tags'] ?? {}));
    expect(tagged.map(({ type, body }) => [type, asObject(body['tags'] ?? {})['azd-service-name']])).toEqual([
      ['Microsoft.Web/sites', service],
    ]);
  });
});

describe('rights', () => {
  /** Where each principal has roles: the scope of each assignment, without what names are made of. */
  const scopesOf = (deployment: Deployed, principalId: string): string[] =>
    deployment.made
      .filter(({ type, body }) => {
        const properties = asObject(body['properties'] ?? {});
        return (
          type === 'Microsoft.Authorization/roleAssignments' && properties['principalId'] === principalId
        );
      })
      .map(({ id }) => id.replace(/\/providers\/Microsoft\.Authorization\/.*$/, ''));

  test('the app has none on its own resource group, nor on that of the watchdog', () => {
    const deployment = deployed({
      furtherPlacements: FURTHER,
      ownerId: 'owner0000000',
      watchdogImage: 'w:1',
      registry: 'r',
      registryGroup: 'registries',
    });
    const scopes = scopesOf(deployment, APP);
    expect(scopes).not.toContain(`/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-first`);
    expect(scopes.filter((scope) => scope.includes('watchdog'))).toEqual([]);
  });

  test('the app has some in the group of its jobs, and on the environment and the workspace in it', () => {
    const group = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-first-jobs`;
    const scopes = scopesOf(deployed(), APP).filter((scope) => scope.startsWith(group));
    expect(scopes.map((scope) => scope.slice(group.length).replace(/\w{13}$/, '…')).toSorted()).toEqual([
      '',
      '/providers/Microsoft.App/managedEnvironments/gpu-…',
      '/providers/Microsoft.OperationalInsights/workspaces/log-gpu-…',
    ]);
  });

  test('each further placement brings them where it is, and where its environment is', () => {
    const before = scopesOf(deployed(), APP);
    const more = scopesOf(deployed({ furtherPlacements: FURTHER }), APP).filter(
      (one) => !before.includes(one),
    );
    expect(new Set(more)).toEqual(
      new Set([
        `/subscriptions/${SUBSCRIPTION}/resourceGroups/gpu-jobs-eastus`,
        `/subscriptions/${SUBSCRIPTION}/resourceGroups/my-clusters/providers/Microsoft.ContainerService/managedClusters/my-cluster`,
        `/subscriptions/${SUBSCRIPTION}/resourceGroups/other-jobs`,
        `/subscriptions/11111111-0000-0000-0000-000000000000/resourceGroups/theirs/providers/Microsoft.App/managedEnvironments/shared`,
        `/subscriptions/11111111-0000-0000-0000-000000000000`,
      ]),
    );
  });

  test('who deploys may read the storage, and nobody may where nobody is named', () => {
    const storage =
      /^\/subscriptions\/[^/]+\/resourceGroups\/rg-first\/providers\/Microsoft\.Storage\/storageAccounts\/st\w+$/;
    const scopes = scopesOf(deployed(), PERSON);
    expect(scopes).toHaveLength(3);
    for (const scope of scopes) expect(scope).toMatch(storage);
    expect(scopesOf(deployed({ principalId: '' }), '')).toEqual([]);
  });
});

describe('the watchdog', () => {
  const watchdogOf = (params: ValueObject): readonly string[] =>
    deployed({ registry: 'r', registryGroup: 'registries', ...params })
      .made.filter(({ file }) => file.includes('watchdog'))
      .map(({ type }) => type);

  test('is made once its owner id and its image are known, in a resource group of its own', () => {
    expect(watchdogOf({ watchdogImage: 'w:1' })).toEqual([]);
    expect(watchdogOf({ ownerId: 'owner0000000' })).toEqual([]);
    expect(watchdogOf({ ownerId: 'owner0000000', watchdogImage: 'w:1' })).toEqual(
      expect.arrayContaining(['Microsoft.Resources/resourceGroups', 'Microsoft.App/jobs']),
    );
  });

  test('is told the placements of the app', () => {
    const { made } = deployed({
      furtherPlacements: FURTHER,
      ownerId: 'owner0000000',
      watchdogImage: 'w:1',
      registry: 'r',
      registryGroup: 'registries',
    });
    const job = JSON.stringify(made.find(({ type }) => type === 'Microsoft.App/jobs')?.body);
    for (const name of ['apps-westus3', 'aci-eastus', 'aks-h100', 'apps-eastus']) expect(job).toContain(name);
  });

  test('may read the vault only where a kubeconfig is kept in it', () => {
    const kubeconfig = { ...FURTHER[1], cluster: { kubeconfig: { secretRef: 'kubeconfig' } } };
    const params = {
      ownerId: 'owner0000000',
      watchdogImage: 'w:1',
      registry: 'r',
      registryGroup: 'registries',
    };
    const reads = (furtherPlacements: ValueObject[]): boolean =>
      deployed({ ...params, furtherPlacements }).made.some(({ file }) =>
        file.endsWith('watchdog/secrets.bicep'),
      );
    expect(reads(FURTHER)).toBe(false);
    expect(reads([kubeconfig as ValueObject])).toBe(true);
  });
});

describe('a registry', () => {
  test('is pulled from by an identity of its own, which the app may give to jobs', () => {
    const { made, outputs } = deployed({ registry: 'r', registryGroup: 'registries' });
    const identity = made.find(({ name }) => name.startsWith('id-pull-'))?.id;
    expect(identity).toBeDefined();
    expect(outputs['GPU_JOBS_PULL_IDENTITY']).toBe(identity);
    const scopes = made
      .filter(({ type }) => type === 'Microsoft.Authorization/roleAssignments')
      .map(({ id }) => id.replace(/\/providers\/Microsoft\.Authorization\/.*$/, ''));
    expect(scopes).toContain(identity);
    expect(scopes.filter((scope) => scope.includes('/registries/r'))).toHaveLength(1);
  });

  test('that is not named brings none', () => {
    const { made, outputs } = deployed();
    expect(made.filter(({ name }) => name.startsWith('id-pull-'))).toEqual([]);
    expect(outputs['GPU_JOBS_PULL_IDENTITY']).toBe('');
  });
});
