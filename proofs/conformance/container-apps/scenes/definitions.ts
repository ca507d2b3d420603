// Scenes of definitions: how jobs are made, changed, listed and removed.
import { jobBody, jobPath } from '../bodies';
import type { Scene } from '../scene';
import { environmentsWithoutProfiles } from '../stage';

const STAGE = 'North Central US (Stage)';

const listing: Scene = {
  name: 'a job is listed, patched and removed',
  from: '2025-11-04T10:45:52Z',
  region: STAGE,
  names: {
    operations: [
      '00000000-0000-4000-8000-000000000001',
      'ab13faa5-6c1f-4962-bf91-337e64949445',
      '904c56a1-0707-4f8c-b411-e7df612fe3de',
    ],
  },
  play: async (on) => {
    await on.ask('list-by-group-empty');
    const body = jobBody('job1', {
      location: STAGE,
      configuration: { replicaRetryLimit: 2 },
      container: { image: 'registry.example/k8se/quickstart-jobs:latest' },
    });
    await on.send({ method: 'PUT', path: jobPath('job1'), body });
    on.until('10:46:10');
    await on.ask('list-by-group');
    on.until('10:46:17');
    await on.ask('update-patch-202');
    on.until('10:46:18');
    await on.ask('update-poll-1-202');
    on.until('10:46:47');
    await on.ask('delete-202');
    on.until('10:46:49');
    await on.ask('delete-poll-1-202');
    on.until('10:47:05');
    await on.ask('delete-poll-2-204');
  },
};

const defaults: Scene = {
  name: 'a job without resources, put again and removed',
  from: '2025-11-18T21:40:51Z',
  region: 'westus2',
  names: {
    operations: [
      'ac962261-ef1c-497f-8d2d-f1667b4b9ea8',
      '2ca3ad26-f8bb-46d1-9158-3e2cdd56eab4',
      '430d08b3-309e-4e91-9990-39d3a7f72a05',
    ],
  },
  // This one was done within 7 s, as the two polls tell.
  times: { putMs: 7_000 },
  play: async (on) => {
    const { location, properties } = jobBody('testcontainerappsjob', {
      location: 'westus2',
      group: 'rg1',
      configuration: { replicaTimeout: 10, replicaRetryLimit: 10 },
      container: { image: 'registry.example/k8se/quickstart-jobs:latest', resources: null },
    });
    const path = jobPath('job1', '', '2025-01-01');
    await on.send({ method: 'PUT', path, body: { location, properties } });
    on.until('21:40:59');
    await on.ask('create-poll-succeeded-2025-01-01');
    on.until('21:41:00');
    await on.ask('create-get-default-resources');
    on.until('21:41:03');
    await on.ask('put-over-existing-201-tags');
    on.until('21:41:06');
    await on.ask('put-over-existing-poll-inprogress');
    on.until('21:41:20');
    await on.send({ method: 'DELETE', path });
    on.until('21:41:38');
    await on.ask('delete-poll-204-2025-01-01');
    on.until('21:41:43');
    await on.ask('delete-get-404');
  },
};

const secrets: Scene = {
  name: 'secrets of a job',
  from: '2025-11-04T10:52:36Z',
  region: STAGE,
  names: {
    operations: ['4235ee87-8616-4688-a316-1cde8be86b42', '31d646e3-697b-4943-a272-47741aed9caf'],
  },
  play: async (on) => {
    await on.ask('create-with-secret-201');
    on.until('10:52:59');
    await on.ask('list-secrets');
    on.until('10:53:13');
    await on.ask('put-update-201');
    on.until('10:53:40');
    const body = jobBody('job1', {
      configuration: {
        secrets: [
          { name: 'testsecret', value: 'secret-value-2' },
          { name: 'testsecret2', value: 'secret-value-12' },
        ],
      },
    });
    await on.send({ method: 'PUT', path: jobPath('job1'), body });
    on.until('10:53:50');
    await on.ask('list-secrets-two');
  },
};

const identities: Scene = {
  name: 'a registry that is read with an identity',
  from: '2026-01-21T18:16:24Z',
  region: 'eastus',
  play: (on) => on.ask('create-with-registry-identity-201'),
};

const triggers: Scene = {
  name: 'jobs with a schedule, with events, and one that fails',
  from: '2025-11-04T10:47:22Z',
  region: 'eastus',
  play: async (on) => {
    await on.ask('create-event-201', 'create-schedule-201');
  },
};

const failing: Scene = {
  name: 'a job with events and without rules fails',
  from: '2023-10-10T15:37:02Z',
  region: 'eastus',
  environments: environmentsWithoutProfiles('eastus'),
  play: async (on) => {
    await on.ask('create-failed-put');
    on.until('15:37:14');
    await on.ask('delete-failed-202');
  },
};

const withoutProfiles: Scene = {
  name: 'a job in an environment without profiles',
  from: '2023-06-27T08:30:22Z',
  region: 'eastus',
  environments: environmentsWithoutProfiles('eastus'),
  play: async (on) => {
    const path = jobPath('job1', '', '2023-04-01-preview');
    const parts = {
      group: 'rg1',
      configuration: { replicaTimeout: 300 },
      container: { image: 'registry.example/k8se/quickstart-jobs:latest', resources: null },
    };
    await on.send({ method: 'PUT', path, body: jobBody('job1', parts) });
    on.until('08:30:43');
    await on.send({ method: 'PATCH', path, body: { properties: {} } });
    on.until('08:30:47');
    await on.ask('patch-then-get-inprogress-2023');
    on.until('08:30:49');
    await on.ask('delete-while-update-in-progress-2023');
    on.until('08:30:52');
    await on.ask('delete-get-deleting-2023');
  },
};

const asInTheExample: Scene = {
  name: 'a delete that answers as the specification has it',
  from: '2024-05-01T08:00:00Z',
  region: 'eastus',
  switches: { deleteAnswer: 'azure-asyncoperation' },
  play: async (on) => {
    await on.send({ method: 'PUT', path: jobPath('job1'), body: jobBody('job1') });
    on.pass(10_000);
    await on.ask('example-delete-202-azure-asyncoperation');
  },
};

export const DEFINITIONS: readonly Scene[] = [
  listing,
  defaults,
  secrets,
  identities,
  triggers,
  failing,
  withoutProfiles,
  asInTheExample,
];
