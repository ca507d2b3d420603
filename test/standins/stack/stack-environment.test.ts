import { readFileSync } from 'node:fs';

import { z } from 'zod';

import { readSettings } from '../../../app/settings';
import { LOCAL_ENVIRONMENT } from '../../../standins/container-apps/local-environment';
import { LOCAL_APPS_PLACEMENT, LOCAL_PLACEMENT_NAMES } from '../../../standins/stack/local-placements';
import { passedOver, stackEnvironment } from '../../../standins/stack/stack-environment';

const PORTS = { functions: 1, aci: 2, blob: 3, queue: 4, table: 5 };
const environmentFor = (user: Record<string, string>): NodeJS.ProcessEnv =>
  stackEnvironment({ user, ports: PORTS, stateFolder: '/state' });

test('storage and emulator are named with their endpoints, whatever the user has set', () => {
  const environment = environmentFor({
    AzureWebJobsStorage: 'UseDevelopmentStorage=true',
    GPU_JOBS_ARM_ENDPOINT: 'https://management.azure.com',
    GPU_JOBS_ACI_PORT: '0',
  });
  expect(environment['AzureWebJobsStorage']).toContain('QueueEndpoint=http://127.0.0.1:4/devstoreaccount1;');
  expect(environment['GPU_JOBS_ARM_ENDPOINT']).toBe('http://127.0.0.1:2');
  expect(environment['GPU_JOBS_ACI_PORT']).toBe('2');
});

test('the app takes the settings as they are: placements, and times in their order', () => {
  const { placements, times } = readSettings(environmentFor({}));
  expect(placements.map(({ name }) => name)).toEqual(['local-eastus', 'local-westeurope']);
  expect(times.unknownFateS).toBe(10);
});

test('a stack with a cluster has a placement on it that names its kubeconfig', () => {
  const ports = { ...PORTS, kubernetes: 6 };
  const { placements } = readSettings(stackEnvironment({ user: {}, ports, stateFolder: '/state' }));
  expect(placements[0]).toMatchObject({
    name: 'local-kubernetes',
    cluster: { kubeconfig: '/state/kubeconfig.yaml' },
  });
});

test('a whole stack prefers Container Apps, then the cluster, then container instances', () => {
  const ports = { ...PORTS, kubernetes: 6, containerApps: 7 };
  const environment = stackEnvironment({ user: {}, ports, stateFolder: '/state' });
  const { placements, logsEndpoint } = readSettings(environment);
  expect(logsEndpoint.href).toBe('http://127.0.0.1:7/');
  expect(placements.map(({ name }) => name)).toEqual([
    'local-container-apps',
    'local-kubernetes',
    'local-eastus',
    'local-westeurope',
  ]);
  expect(LOCAL_PLACEMENT_NAMES).toEqual(placements.map(({ name }) => name));
  expect(environment['GPU_JOBS_CONTAINER_APPS_PORT']).toBe('7');
});

test('the placement on Container Apps names profiles and the workspace that the local environment has', () => {
  const { profiles = {}, workspace } = LOCAL_ENVIRONMENT;
  const { gpus, profile, workspaceId } = LOCAL_APPS_PLACEMENT;
  expect(gpus.map((gpu) => [gpu.sku, profiles[gpu.profile]])).toEqual([
    ['T4', 'Consumption-GPU-NC8as-T4'],
    ['A100', 'Consumption-GPU-NC24-A100'],
  ]);
  expect(profiles[profile]).toBe('Consumption');
  expect(workspaceId).toBe(workspace);
});

test("the user's own settings replace the stack's", () => {
  const environment = environmentFor({ GPU_JOBS_POLL_FLOOR_MS: '50', GPU_JOBS_PLACEMENTS: '[]' });
  expect(environment['GPU_JOBS_POLL_FLOOR_MS']).toBe('50');
  expect(environment['GPU_JOBS_PLACEMENTS']).toBe('[]');
});

const OWN = {
  emulatorUrl: 'http://127.0.0.1:7072',
  containerAppsUrl: 'http://127.0.0.1:7074',
  storageConnectionString: 'of-this-stack',
};

test('only settings that point away from the stack are reported as passed over', () => {
  expect(passedOver({ AzureWebJobsStorage: 'UseDevelopmentStorage=true' }, OWN)).toEqual([]);
  const away = {
    GPU_JOBS_ARM_ENDPOINT: 'https://management.azure.com',
    GPU_JOBS_LOGS_ENDPOINT: 'https://api.loganalytics.io',
  };
  expect(passedOver(away, OWN)).toEqual(['GPU_JOBS_ARM_ENDPOINT', 'GPU_JOBS_LOGS_ENDPOINT']);
});

test('a stack without Container Apps hands the app the endpoint of workspaces that a user names, and says nothing', () => {
  const user = { GPU_JOBS_LOGS_ENDPOINT: 'https://api.loganalytics.io' };
  const environment = environmentFor(user);
  expect(environment['GPU_JOBS_LOGS_ENDPOINT']).toBe(user.GPU_JOBS_LOGS_ENDPOINT);
  const { emulatorUrl, storageConnectionString } = OWN;
  expect(passedOver(user, { emulatorUrl, storageConnectionString })).toEqual([]);
});

test("a copy of the example of local settings names the stack's own endpoints: nothing is passed over", () => {
  const example = z
    .object({ Values: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync('local.settings.example.json', 'utf8')));
  expect(example.Values).toMatchObject({
    GPU_JOBS_ARM_ENDPOINT: OWN.emulatorUrl,
    GPU_JOBS_LOGS_ENDPOINT: OWN.containerAppsUrl,
  });
  expect(passedOver(example.Values, OWN)).toEqual([]);
  expect(passedOver(example.Values, { ...OWN, emulatorUrl: 'http://127.0.0.1:9' })).toEqual([
    'GPU_JOBS_ARM_ENDPOINT',
  ]);
});

test('the placements know the entrypoints of added images, so that jobs with args alone can run', () => {
  const added = { 'mine.azurecr.io/train': ['python3', '/home/me/train.py'] };
  const { placements } = readSettings(environmentFor({ GPU_JOBS_LOCAL_IMAGES: JSON.stringify(added) }));
  for (const { entrypoints } of placements)
    expect(entrypoints).toMatchObject({
      ...added,
      'microsoft/samples-tf-mnist-demo': expect.anything() as unknown,
    });
});

test.each(['[]', '{"a":[]}', '{"a":"sh"}', 'x'])(
  'added images that are %s are refused, with an example',
  (text) => {
    expect(() => environmentFor({ GPU_JOBS_LOCAL_IMAGES: text })).toThrow(
      `GPU_JOBS_LOCAL_IMAGES is ${text}: it must be a JSON object of commands by image`,
    );
  },
);
