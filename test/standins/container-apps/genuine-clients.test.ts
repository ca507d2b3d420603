// Azure's own clients, @azure/arm-appcontainers and @azure/monitor-query-logs, against the stand-in.
import { ContainerAppsAPIClient, type Job } from '@azure/arm-appcontainers';
import { LogsQueryClient, LogsQueryResultStatus } from '@azure/monitor-query-logs';

import type { Handler } from '../../../standins/wire/handler';
import { createHandlerHttpClient } from '../../../standins/wire/sdk-http-client';
import {
  ENVIRONMENT,
  exits,
  GROUP,
  NEVER_ENDS,
  setStage,
  type Stage,
  SUBSCRIPTION,
  WORKSPACE,
} from './support';

const CREDENTIAL = {
  getToken: () => Promise.resolve({ token: 'any', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
};

/** Each request lets a second of virtual time pass, so that a poller gets on without waiting. */
function passing(stage: Stage): Handler {
  return (request) => {
    stage.pass(1_000);
    return stage.handle(request);
  };
}

function clientOf(stage: Stage): ContainerAppsAPIClient {
  return new ContainerAppsAPIClient(CREDENTIAL, SUBSCRIPTION, {
    httpClient: createHandlerHttpClient(passing(stage)),
    retryOptions: { maxRetries: 0 },
  });
}

function logsClientOf(stage: Stage): LogsQueryClient {
  return new LogsQueryClient(CREDENTIAL, {
    httpClient: createHandlerHttpClient(passing(stage)),
    retryOptions: { maxRetries: 0 },
  });
}

const JOB: Job = {
  location: 'eastus',
  tags: { owner: 'test' },
  environmentId: ENVIRONMENT,
  workloadProfileName: 't4',
  configuration: {
    triggerType: 'Manual',
    replicaTimeout: 3_600,
    replicaRetryLimit: 0,
    manualTriggerConfig: { parallelism: 1, replicaCompletionCount: 1 },
    secrets: [{ name: 'key', value: 'open' }],
  },
  template: {
    containers: [
      {
        name: 'program',
        image: 'example/program:1',
        args: ['--fast'],
        env: [{ name: 'KEY', secretRef: 'key' }],
        resources: { cpu: 8, memory: '56Gi' },
      },
    ],
  },
};

/** A client obeys Retry-After in real time, so none is asked for. */
const NO_WAIT = { settings: { retryAfterSeconds: 0 } };
const POLL = { updateIntervalInMs: 1 };

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}

test('a job is made, polled, started, listed, read and deleted', async () => {
  const stage = setStage({ ...NO_WAIT, scripts: [exits(7)] });
  const client = clientOf(stage);
  const made = await client.jobs.createOrUpdate(GROUP, 'train', JOB, POLL).pollUntilDone();
  expect(made).toMatchObject({ provisioningState: 'Succeeded', tags: { owner: 'test' } });
  expect((await client.jobs.listSecrets(GROUP, 'train')).value).toEqual([{ name: 'key', value: 'open' }]);

  const started = await client.jobs.start(GROUP, 'train', POLL).pollUntilDone();
  expect(started.name).toMatch(/^train-/);
  expect((await all(client.jobsExecutions.list(GROUP, 'train')))[0]).toMatchObject({
    name: started.name,
    status: 'Running',
  });
  stage.pass(60_000);
  expect(await client.jobExecution(GROUP, 'train', started.name ?? '')).toMatchObject({
    status: 'Failed',
    reason: 'BackoffLimitExceeded',
    detailedStatus: { replicas: [{ containers: [{ name: 'program', code: 7 }] }] },
  });
  expect(stage.starts).toMatchObject([{ args: ['--fast'], environment: { KEY: 'open' } }]);

  expect((await all(client.jobs.listByResourceGroup(GROUP))).map(({ name }) => name)).toEqual(['train']);
  expect((await all(client.jobs.listBySubscription())).map(({ name }) => name)).toEqual(['train']);
  await client.jobs.delete(GROUP, 'train', POLL).pollUntilDone();
  await expect(client.jobs.get(GROUP, 'train')).rejects.toMatchObject({
    statusCode: 404,
    code: 'ResourceNotFound',
  });
  expect(stage.standIn.left()).toEqual({ jobs: [], executions: [] });
});

test('an execution is stopped, one by its name and all at once', async () => {
  const stage = setStage({ ...NO_WAIT, scripts: [NEVER_ENDS] });
  const client = clientOf(stage);
  await client.jobs.createOrUpdate(GROUP, 'train', JOB, POLL).pollUntilDone();
  const one = await client.jobs.start(GROUP, 'train', POLL).pollUntilDone();
  await client.jobs.start(GROUP, 'train', POLL).pollUntilDone();
  await client.jobs.stopExecution(GROUP, 'train', one.name ?? '', POLL).pollUntilDone();
  stage.pass(10_000);
  const states = async (): Promise<(string | undefined)[]> =>
    (await all(client.jobsExecutions.list(GROUP, 'train'))).map(({ status }) => status);
  expect(await states()).toEqual(['Running', 'Stopped']);
  await client.jobs.stopMultipleExecutions(GROUP, 'train', POLL).pollUntilDone();
  stage.pass(10_000);
  expect(await states()).toEqual(['Stopped', 'Stopped']);
});

test('a PATCH is polled to the changed job', async () => {
  const stage = setStage(NO_WAIT);
  const client = clientOf(stage);
  await client.jobs.createOrUpdate(GROUP, 'train', JOB, POLL).pollUntilDone();
  const configuration = { triggerType: 'Manual', replicaTimeout: 60 };
  const patch = { tags: { more: 'yes' }, properties: { configuration } };
  await client.jobs.update(GROUP, 'train', patch, POLL).pollUntilDone();
  const changed = await client.jobs.get(GROUP, 'train');
  expect(changed.configuration?.replicaTimeout).toBe(60);
  expect(changed.tags).toEqual({ owner: 'test', more: 'yes' });
});

test('environments, profile types and usages are read', async () => {
  const stage = setStage(NO_WAIT);
  const client = clientOf(stage);
  const environment = await client.managedEnvironments.get(GROUP, 'env');
  expect(environment.workloadProfiles).toMatchObject([
    { name: 'Consumption' },
    { name: 't4', workloadProfileType: 'Consumption-GPU-NC8as-T4' },
  ]);
  const types = await all(client.availableWorkloadProfiles.list('northeurope'));
  expect(types.find(({ name }) => name === 'NC24-A100')?.properties).toMatchObject({ gpus: 1, cores: 24 });
  await client.jobs.createOrUpdate(GROUP, 'train', JOB, POLL).pollUntilDone();
  await client.jobs.start(GROUP, 'train', POLL).pollUntilDone();
  stage.pass(3_000);
  const usages = await all(client.managedEnvironmentUsages.list(GROUP, 'env'));
  expect(usages.find(({ name }) => name.value === 'ManagedEnvironmentConsumptionT4Gpus')).toMatchObject({
    currentValue: 1,
    limit: 5,
  });
  expect(await all(client.usages.list('eastus'))).toHaveLength(3);
});

test('the lines and the events of an execution are queried', async () => {
  const stage = setStage(NO_WAIT);
  const client = clientOf(stage);
  const logs = logsClientOf(stage);
  await client.jobs.createOrUpdate(GROUP, 'train', JOB, POLL).pollUntilDone();
  const { name = '' } = await client.jobs.start(GROUP, 'train', POLL).pollUntilDone();
  const query = `ContainerAppConsoleLogs_CL | where ContainerGroupName_s startswith '${name}' | project time_t, Log_s`;
  await expect(logs.queryWorkspace(WORKSPACE, query, { duration: 'P1D' })).rejects.toMatchObject({
    code: 'BadArgumentError',
  });
  stage.pass(60_000);
  const found = await logs.queryWorkspace(WORKSPACE, query, { duration: 'P1D' });
  if (found.status !== LogsQueryResultStatus.Success) throw new Error(found.status);
  expect(found.tables[0]?.columnDescriptors).toMatchObject([{ name: 'time_t' }, { name: 'Log_s' }]);
  expect(found.tables[0]?.rows).toEqual([[expect.any(Date), 'hello']]);
});
