// Scenes of refusals. Most were recorded or reported of container apps, whose code jobs are expected to share.
import { jobBody, jobPath } from '../bodies';
import type { Scene } from '../scene';
import { environmentsWithoutProfiles } from '../stage';

const refusedBodies: Scene = {
  name: 'definitions that are refused',
  from: '2025-11-04T10:23:24Z',
  region: 'eastus',
  environments: environmentsWithoutProfiles('eastus'),
  play: async (on) => {
    const registries = [
      { server: 'registry.example', username: 'app1', passwordSecretRef: 'registryexample-user1' },
    ];
    await on.askInPlace('error-400-registry-secret', {
      method: 'PUT',
      path: jobPath('app1'),
      body: jobBody('app1', { configuration: { registries } }),
    });
    await on.askInPlace(
      'error-400-resource-total',
      {
        method: 'PUT',
        path: jobPath('app1'),
        body: jobBody('app1', { container: { resources: { cpu: 1, memory: '1Gi' } } }),
      },
      'inner',
    );
  },
};

const image: Scene = {
  name: 'a definition whose image cannot be read is refused',
  from: '2024-01-05T08:00:00Z',
  region: 'eastus',
  switches: { imageCheck: 'at-put' },
  unpullable: {
    'registry.example/our-server:tag':
      'GET https:?scope=repository%3Aour-server%3Apull&service=registry.example: UNAUTHORIZED: authentication required, visit https://aka.ms/acr/authorization for more information.',
  },
  play: (on) =>
    on.askInPlace('error-400-image', {
      method: 'PUT',
      path: jobPath('app1'),
      body: jobBody('app1', { container: { image: 'registry.example/our-server:tag' } }),
    }),
};

const conflict: Scene = {
  name: 'two writes at once',
  from: '2022-04-08T08:00:00Z',
  region: 'eastus',
  switches: { writeDuringWrite: 'refused' },
  play: async (on) => {
    const put = { method: 'PUT', path: jobPath('app1'), body: jobBody('app1') };
    await on.send(put);
    await on.askInPlace('error-409-lock', put, 'inner');
  },
};

const gate: Scene = {
  name: 'too many requests, and a precondition',
  from: '2024-11-02T01:48:47Z',
  region: 'eastus',
  play: async (on) => {
    on.fault({ kind: 'too-many-requests', count: 1, seconds: 2 });
    const put = { method: 'PUT', path: jobPath('app1'), body: jobBody('app1') };
    await on.askInPlace('error-429', put);
    await on.send(put);
    on.pass(10_000);
    on.fault({ kind: 'precondition-failed', count: 1 });
    await on.askInPlace('error-412-empty', { method: 'POST', path: jobPath('app1', '/listSecrets') });
  },
};

export const REFUSALS: readonly Scene[] = [refusedBodies, image, conflict, gate];
