// Scenes of executions: how they are started, what they show of themselves, and how they are stopped.
import { jobBody, jobPath } from '../bodies';
import type { Scene } from '../scene';

const STAGE = 'North Central US (Stage)';

const wholeLife: Scene = {
  name: 'a job is made, started twice, and one execution stopped',
  from: '2025-11-04T10:48:33Z',
  region: STAGE,
  names: {
    operations: ['0ead3041-1b4a-411b-8a21-5dfa181bbd6d'],
    executions: ['wqw701y', '3yh3s6f'],
  },
  play: async (on) => {
    await on.ask('create-manual-201');
    on.until('10:48:35');
    await on.ask('create-poll-1-inprogress');
    on.until('10:48:38');
    await on.ask('create-poll-2-inprogress');
    on.until('10:48:44');
    await on.ask('create-get-succeeded');
    on.until('10:48:51');
    await on.ask('start-200');
    on.until('10:48:55');
    await on.ask('executions-list-running');
    on.until('10:49:03');
    await on.send({ method: 'POST', path: jobPath('job2', '/start') });
    on.until('10:49:08');
    await on.ask('stop-one-200-empty');
    on.until('10:49:11');
    await on.ask('execution-get-stopped');
  },
};

const overrides: Scene = {
  name: 'starts with a template of their own',
  from: '2025-11-04T10:49:00Z',
  region: STAGE,
  names: { executions: ['8xsoq2k', 't0dgbxe'] },
  play: async (on) => {
    await on.send({ method: 'PUT', path: jobPath('job3'), body: jobBody('job3', { location: STAGE }) });
    on.until('10:49:10');
    await on.ask('start-override-200');
    on.until('10:49:18');
    await on.ask('start-override-init-200');
    on.until('10:49:20');
    await on.ask('execution-get-override-init');
  },
};

const in2024: Scene = {
  name: 'the same in October 2024',
  from: '2024-10-14T06:44:04Z',
  region: 'eastus',
  names: {
    operations: ['2e1e7ca6-bb7b-4c89-b622-1b486a08a12a'],
    executions: ['db51ldq', 'q7sic81'],
  },
  // Succeeded was shown 6 s after the PUT.
  times: { putMs: 6_000 },
  switches: { shownVariables: 'all' },
  play: async (on) => {
    await on.ask('create-manual-201-2024-03-01');
    on.until('06:44:10');
    await on.ask('create-poll-succeeded-2024-03-01');
    on.until('06:44:19');
    await on.send({ method: 'POST', path: jobPath('job2', '/start', '2024-03-01') });
    on.until('06:44:23');
    await on.ask('execution-get-running-2024-03-01');
    on.until('06:44:26');
    await on.send({ method: 'POST', path: jobPath('job2', '/start', '2024-03-01') });
    on.until('06:44:28');
    await on.send({ method: 'POST', path: jobPath('job2', '/stop/job2-q7sic81', '2024-03-01') });
    on.until('06:44:36');
    await on.ask('execution-get-stopped-2024-03-01');
  },
};

const stopText: Scene = {
  name: 'a stop is answered with a text, until the summer of 2024',
  from: '2024-05-06T10:35:00Z',
  region: 'eastus',
  names: { executions: ['zqdexdv'] },
  switches: { stopAnswer: 'text' },
  play: async (on) => {
    await on.send({ method: 'PUT', path: jobPath('job2'), body: jobBody('job2') });
    on.until('10:35:20');
    await on.send({ method: 'POST', path: jobPath('job2', '/start') });
    on.until('10:35:34');
    await on.ask('stop-one-200-text-2023');
  },
};

const in2023: Scene = {
  name: 'a job with a probe is changed, started and removed while it runs',
  from: '2023-10-30T10:29:38Z',
  region: 'eastus',
  names: {
    operations: [
      '16216f2a-9fc7-459c-87f3-5ce479f56e5e',
      // The update and the delete after it have one id in the recordings.
      'd6d0ca68-06f8-4544-81f5-097fce2d0143',
      'd6d0ca68-06f8-4544-81f5-097fce2d0143',
    ],
    executions: ['y9ntbi2'],
  },
  times: { deleteMs: 25_000 },
  settings: { retryAfterSeconds: 5 },
  switches: { putRetryAfter: 5, shownVariables: 'job-name' },
  play: async (on) => {
    await on.ask('create-manual-201-retry-after-2023');
    on.until('10:30:18');
    const image = 'registry.example/k8se/quickstart:latest';
    const probes = [
      {
        type: 'Liveness',
        httpGet: { httpHeaders: [{ name: 'Custom-Header', value: 'Awesome' }], path: '/health', port: 8080 },
        initialDelaySeconds: 3,
        periodSeconds: 3,
      },
    ];
    const resources = { cpu: 0.25, memory: '0.5Gi' };
    const containers = [{ image, name: 'simple-hello-world-container', resources, probes }];
    await on.send({
      method: 'PATCH',
      path: jobPath('job1', '', '2023-05-01'),
      body: { properties: { template: { containers } } },
    });
    on.until('10:30:23');
    await on.ask('update-poll-202-retry-after-2023');
    on.until('10:30:29');
    await on.ask('update-poll-200-2023');
    on.until('10:30:30');
    await on.ask('start-init-only-ignored-200');
    on.until('10:30:31');
    await on.ask('execution-get-init-only-ignored');
    on.until('10:30:32');
    await on.ask('delete-while-running-202');
    on.until('10:30:58');
    await on.ask('delete-while-running-poll-204');
  },
};

const unknownAtFirst: Scene = {
  name: 'an execution says Unknown at first',
  from: '2023-08-24T09:24:40Z',
  region: 'eastus',
  names: { executions: ['2pzxd0w'] },
  times: { unknownMs: 5_000 },
  play: async (on) => {
    await on.send({ method: 'PUT', path: jobPath('job2'), body: jobBody('job2') });
    on.until('09:25:00');
    await on.send({ method: 'POST', path: jobPath('job2', '/start') });
    on.until('09:25:01');
    await on.ask('executions-list-unknown');
    on.until('09:25:04');
    await on.ask('execution-get-unknown');
  },
};

const accepted: Scene = {
  name: 'start and stop answer as the specification has it',
  from: '2024-05-01T08:00:00Z',
  region: 'eastus',
  names: { executions: ['aaaaaaa'] },
  switches: { startAnswer: 'accepted', stopAnswer: 'accepted' },
  play: async (on) => {
    const body = jobBody('job1', { container: { resources: { cpu: 0.5, memory: '1Gi' } } });
    await on.send({ method: 'PUT', path: jobPath('job1'), body });
    on.pass(10_000);
    await on.ask('example-start-202');
    on.pass(5_000);
    await on.askInPlace('example-stop-execution-202', {
      method: 'POST',
      path: jobPath('job1', '/executions/job1-aaaaaaa/stop', '2024-03-01'),
    });
  },
};

const endsWell: Scene = {
  name: 'two containers end well',
  from: '2024-06-01T08:00:00Z',
  region: 'eastus',
  program: { prints: [], exit: { atMs: 2_000, code: 0 } },
  names: { executions: ['0'] },
  play: async (on) => {
    const name = 'testcontainerappsjob0';
    const resources = { cpu: 0.25, memory: '0.5Gi' };
    const containers = ['container1', 'container2'].map((each) => ({
      name: each,
      image: 'repo/one:1',
      resources,
    }));
    const body = jobBody(name, { template: { containers } });
    await on.send({ method: 'PUT', path: jobPath(name), body });
    on.pass(10_000);
    await on.send({ method: 'POST', path: jobPath(name, '/start') });
    on.pass(30_000);
    await on.askInPlace('example-executions-detailed-status', {
      method: 'GET',
      path: jobPath(name, '/executions', '2024-02-02-preview'),
    });
  },
};

export const EXECUTIONS: readonly Scene[] = [
  wholeLife,
  overrides,
  in2024,
  stopText,
  in2023,
  unknownAtFirst,
  accepted,
  endsWell,
];
