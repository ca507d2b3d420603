// Scenes of the log tables: which rows an execution leaves. Their words are reported, by users and by a guide.
import { jobBody, jobPath } from '../bodies';
import type { Scene } from '../scene';

const SYSTEM = 'ContainerAppSystemLogs_CL';

const endsWell: Scene = {
  name: 'the rows of an execution that ends well',
  from: '2026-04-04T12:53:00Z',
  region: 'westeurope',
  names: { executions: ['6gx2m'], replicas: ['aaaaa'] },
  program: {
    prints: [
      {
        atMs: 0,
        text: '2023/04/24 18:38:28 This is a sample application that demonstrates how to use Azure Container Apps jobs\n',
      },
      { atMs: 1, text: '2023/04/24 18:38:28 Starting processing...\n' },
      { atMs: 2, text: '2023/04/24 18:38:33 Finished processing. Shutting down!\n' },
    ],
    exit: { atMs: 1_840, code: 0 },
  },
  play: async (on) => {
    const container = { image: 'registry.example/myapp-job:v1.0.0', name: 'job-container' };
    await on.send({ method: 'PUT', path: jobPath('job1'), body: jobBody('job1', { container }) });
    on.until('12:53:55');
    await on.send({ method: 'POST', path: jobPath('job1', '/start') });
    on.pass(10 * 60_000);
    await on.query(
      'log-system-job-success',
      `${SYSTEM} | where JobName_s == 'job1' | order by TimeGenerated asc`,
      ['JobName_s', 'ExecutionName_s', 'Reason_s', 'Type_s'],
    );
    await on.query(
      'example-console-query',
      "ContainerAppConsoleLogs_CL | where ContainerGroupName_s startswith 'job1-6gx2m' | order by _timestamp_d asc",
    );
    await on.query('log-console-row', 'ContainerAppConsoleLogs_CL | take 2', [
      'Category',
      'SourceSystem',
      'Type',
      'TimeGenerated',
      'time_t',
    ]);
  },
};

const batch: Scene = {
  name: 'rows of one batch have one time',
  from: '2026-06-29T08:48:00Z',
  region: 'westeurope',
  times: { pullMs: 4_990, batchMs: 30_000 },
  names: { executions: ['aaaaaaa'], replicas: ['45ksd'] },
  play: async (on) => {
    const container = { image: 'registry.example/lab:v1' };
    await on.send({ method: 'PUT', path: jobPath('app1'), body: jobBody('app1', { container }) });
    on.until('08:48:30');
    await on.send({ method: 'POST', path: jobPath('app1', '/start') });
    on.pass(60_000);
    await on.query('log-system-batch-time', `${SYSTEM} | where Reason_s in ('PullingImage', 'PulledImage')`, [
      'Reason_s',
      'Type_s',
      'TimeGenerated',
    ]);
  },
};

const failures: Scene = {
  name: 'an execution uses up its retries',
  from: '2023-10-24T18:30:00Z',
  region: 'eastus',
  names: { executions: ['abc234'] },
  program: { prints: [], exit: { atMs: 1_000, code: 1 } },
  play: async (on) => {
    await on.send({ method: 'PUT', path: jobPath('job1'), body: jobBody('job1') });
    on.until('18:30:20');
    await on.send({ method: 'POST', path: jobPath('job1', '/start') });
    on.pass(10 * 60_000);
    await on.query('log-system-job-backoff', `${SYSTEM} | where Reason_s == 'BackoffLimitExceeded'`);
  },
};

const deadline: Scene = {
  name: 'an execution passes its replicaTimeout',
  from: '2023-10-30T08:00:00Z',
  region: 'eastus',
  play: async (on) => {
    await on.send({ method: 'PUT', path: jobPath('job1'), body: jobBody('job1') });
    on.pass(10_000);
    await on.send({ method: 'POST', path: jobPath('job1', '/start') });
    on.pass(10 * 60_000);
    await on.query('log-system-job-deadline', `${SYSTEM} | where Reason_s == 'DeadlineExceeded'`);
  },
};

const platform: Scene = {
  name: 'a GPU job fails without having pulled its image',
  from: '2026-08-12T08:05:50Z',
  region: 'swedencentral',
  times: { assignMs: 0, completeMs: 0 },
  play: async (on) => {
    await on.send({
      method: 'PUT',
      path: jobPath('job1'),
      body: jobBody('job1', { configuration: { replicaRetryLimit: 0 } }),
    });
    on.until('08:06:18');
    on.fault({ kind: 'platform-failure', count: 1 });
    await on.send({ method: 'POST', path: jobPath('job1', '/start') });
    on.pass(10 * 60_000);
    await on.query('log-system-job-a100-failure', SYSTEM);
  },
};

const pull: Scene = {
  name: 'an image that cannot be pulled',
  from: '2023-10-30T08:00:00Z',
  region: 'eastus',
  unpullable: {
    'jobs-examples:latest':
      'rpc error: code = Unknown desc = failed to pull and unpack image "registry.example/library/jobs-examples:latest": failed to resolve reference "registry.example/library/jobs-examples:latest": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  },
  play: async (on) => {
    const container = { image: 'jobs-examples:latest' };
    await on.send({ method: 'PUT', path: jobPath('job1'), body: jobBody('job1', { container }) });
    on.pass(10_000);
    await on.send({ method: 'POST', path: jobPath('job1', '/start') });
    on.pass(60_000);
    await on.query(
      'log-system-image-pull-2023',
      `${SYSTEM} | where Reason_s startswith 'ImagePull' | take 3`,
    );
  },
};

const noRoom: Scene = {
  name: 'a quota is used up, and a node is missing',
  from: '2025-07-07T08:00:00Z',
  region: 'eastus',
  play: async (on) => {
    on.fault({ kind: 'quota', name: 'ManagedEnvironmentConsumptionCores', limit: 0 });
    on.fault({ kind: 'capacity', profileType: 'Consumption', gpus: 0 });
    await on.send({ method: 'PUT', path: jobPath('job1'), body: jobBody('job1') });
    on.pass(10_000);
    await on.send({ method: 'POST', path: jobPath('job1', '/start') });
    on.pass(5_000);
    on.fault({ kind: 'quota', name: 'ManagedEnvironmentConsumptionCores', limit: 500 });
    on.pass(60_000);
    await on.query('log-system-cores-exceeded', `${SYSTEM} | where Reason_s == 'FailedScheduling'`);
  },
};

const memory: Scene = {
  name: 'a program is killed for its memory',
  from: '2026-06-20T04:10:00Z',
  region: 'westeurope',
  program: { prints: [], exit: { atMs: 1_000, code: 137 }, outOfMemory: true },
  play: async (on) => {
    await on.send({ method: 'PUT', path: jobPath('app1'), body: jobBody('app1') });
    on.pass(10_000);
    await on.send({ method: 'POST', path: jobPath('app1', '/start') });
    on.pass(10 * 60_000);
    await on.query(
      'log-system-oom',
      `${SYSTEM} | where Reason_s in ('ContainerTerminated', 'ContainerCreated', 'ContainerStarted') | order by TimeGenerated desc | take 6`,
    );
  },
};

export const LOG_TABLES: readonly Scene[] = [
  endsWell,
  batch,
  failures,
  deadline,
  platform,
  pull,
  noRoom,
  memory,
];
