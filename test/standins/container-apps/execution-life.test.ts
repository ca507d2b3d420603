// The life of an execution: what it says of itself, and what has really happened by then.
import { z } from 'zod';

import { containerAppsLedgerSchema } from '../../../standins/container-apps/ledger';
import {
  executions,
  exits,
  HELLO,
  makeJob,
  NEVER_ENDS,
  request,
  rows,
  setStage,
  start,
  statuses,
  UNTIL_RUNNING,
} from './support';

const MINUTES = 60_000;

test('says Running within a second, while the image is still pulled', async () => {
  const stage = setStage();
  await makeJob(stage);
  await start(stage);
  stage.pass(900);
  expect(await statuses(stage)).toEqual(['Running']);
  expect(stage.starts).toEqual([]);
  stage.pass(UNTIL_RUNNING);
  expect(stage.starts).toHaveLength(1);
});

test('ends as Succeeded with exit code 0, some seconds after its container', async () => {
  const stage = setStage({ scripts: [HELLO] });
  await makeJob(stage);
  const name = await start(stage);
  stage.pass(UNTIL_RUNNING + 5_000);
  expect(await statuses(stage)).toEqual(['Running']);
  stage.pass(5_000);
  const [execution] = await executions(stage);
  expect(execution).toMatchObject({
    name,
    properties: {
      status: 'Succeeded',
      detailedStatus: {
        replicas: [{ containers: [{ name: 'program', code: 0, additionalInformation: 'Completed' }] }],
      },
    },
  });
  expect(execution?.properties.endTime).toMatch(/\+00:00$/);
});

test('ends as Failed with the exit code of its program and BackoffLimitExceeded', async () => {
  const stage = setStage({ scripts: [exits(3)] });
  await makeJob(stage);
  await start(stage);
  stage.pass(MINUTES);
  const [execution] = await executions(stage);
  expect(execution?.properties).toMatchObject({
    status: 'Failed',
    reason: 'BackoffLimitExceeded',
    detailedStatus: { replicas: [{ containers: [{ code: 3, status: 'Failed' }] }] },
  });
});

test('runs another replica for each retry that the job allows', async () => {
  const stage = setStage({ scripts: [exits(1), exits(1), HELLO] });
  await makeJob(stage, 'train', { configuration: { replicaRetryLimit: 2 } });
  await start(stage);
  stage.pass(5 * MINUTES);
  expect(stage.starts).toHaveLength(3);
  expect(new Set(stage.starts.map(({ groupName }) => groupName)).size).toBe(3);
  expect(await statuses(stage)).toEqual(['Succeeded']);
});

test('ends a program at replicaTimeout, with DeadlineExceeded', async () => {
  const stage = setStage({ scripts: [NEVER_ENDS] });
  await makeJob(stage, 'train', { configuration: { replicaTimeout: 60 } });
  await start(stage);
  stage.pass(59_000);
  expect(await statuses(stage)).toEqual(['Running']);
  stage.pass(2_000);
  const [execution] = await executions(stage);
  expect(execution?.properties).toMatchObject({ status: 'Failed', reason: 'DeadlineExceeded' });
  expect(stage.standIn.ledger().programs[0]?.endedAt).toBeDefined();
});

test('stops a program, says Stopped some seconds later, and gives no end time', async () => {
  const stage = setStage({ scripts: [NEVER_ENDS] });
  await makeJob(stage);
  const name = await start(stage);
  stage.pass(UNTIL_RUNNING);
  expect((await stage.send('POST', `/jobs/train/executions/${name}/stop`)).status).toBe(200);
  expect(await statuses(stage)).toEqual(['Running']);
  stage.pass(3_000);
  const [execution] = await executions(stage);
  expect(execution?.properties.status).toBe('Stopped');
  expect(execution?.properties.endTime).toBeUndefined();
  expect(stage.standIn.left().executions).toEqual([]);
});

test('stops all executions of a job', async () => {
  const stage = setStage({ scripts: [NEVER_ENDS] });
  await makeJob(stage);
  await start(stage);
  await start(stage);
  stage.pass(UNTIL_RUNNING);
  await stage.send('POST', '/jobs/train/stop');
  stage.pass(3_000);
  expect(await statuses(stage)).toEqual(['Stopped', 'Stopped']);
});

test('each start is one more run, the newest first in the list', async () => {
  const stage = setStage();
  await makeJob(stage);
  const names = [await start(stage), await start(stage)];
  stage.pass(MINUTES);
  expect((await executions(stage)).map(({ name }) => name)).toEqual(names.toReversed());
  expect(stage.starts).toHaveLength(2);
});

test('a start may replace the containers, and gets the variables of the platform', async () => {
  const stage = setStage();
  await makeJob(stage, 'train', { configuration: { secrets: [{ name: 'key', value: 'open' }] } });
  const containers = [
    {
      name: 'other',
      image: 'example/other:2',
      command: ['run'],
      args: ['fast'],
      env: [
        { name: 'SPEED', value: '9' },
        { name: 'KEY', secretRef: 'key' },
      ],
    },
  ];
  const name = await start(stage, 'train', { containers });
  stage.pass(UNTIL_RUNNING);
  expect(stage.starts).toMatchObject([
    {
      containerName: 'other',
      image: 'example/other:2',
      command: ['run'],
      args: ['fast'],
      environment: {
        SPEED: '9',
        KEY: 'open',
        CONTAINER_APP_JOB_NAME: 'train',
        CONTAINER_APP_JOB_EXECUTION_NAME: name,
      },
    },
  ]);
});

test('runs init containers one after the other before the rest', async () => {
  const stage = setStage({ scripts: [exits(0), HELLO] });
  const initContainers = [{ name: 'first', image: 'example/first:1' }];
  await makeJob(stage);
  await start(stage, 'train', { containers: [{ name: 'main', image: 'example/main:1' }], initContainers });
  stage.pass(UNTIL_RUNNING);
  expect(stage.starts.map(({ containerName }) => containerName)).toEqual(['first']);
  stage.pass(UNTIL_RUNNING);
  expect(stage.starts.map(({ containerName }) => containerName)).toEqual(['first', 'main']);
});

test('runs as many replicas at once as completions are missing, and no more', async () => {
  const stage = setStage({ scripts: [NEVER_ENDS] });
  await makeJob(stage, 'train', {
    configuration: { manualTriggerConfig: { parallelism: 4, replicaCompletionCount: 2 } },
  });
  await start(stage);
  stage.pass(UNTIL_RUNNING);
  expect(stage.starts).toHaveLength(2);
});

test('an image that cannot be pulled is tried again until the deadline', async () => {
  const stage = setStage({ standingOf: () => ({ kind: 'unpullable', why: 'no such image' }) });
  await makeJob(stage, 'train', { configuration: { replicaTimeout: 120 } });
  await start(stage);
  stage.pass(60_000);
  expect(await statuses(stage)).toEqual(['Running']);
  const pulls = await rows(stage, "ContainerAppSystemLogs_CL | where Reason_s == 'PullingImage'");
  expect(pulls.length).toBeGreaterThan(1);
  stage.pass(MINUTES);
  expect(await statuses(stage)).toEqual(['Failed']);
});

test('an image that is not on this machine is said to be absent, with what to do about it here', async () => {
  const stage = setStage({ standingOf: () => ({ kind: 'inaccessible', advice: 'Use another.' }) });
  await makeJob(stage);
  await start(stage);
  stage.pass(60_000);
  const [pull] = await rows(stage, "ContainerAppSystemLogs_CL | where Log_s startswith 'Failed to pull'");
  expect(pull).toMatchObject({
    Log_s: expect.stringMatching(/pull access denied, repository does not exist\. Use another\.$/) as string,
  });
});

test('the ledger counts every start, program and printed byte, and what is left', async () => {
  const stage = setStage({ scripts: [HELLO, NEVER_ENDS] });
  await makeJob(stage);
  const first = await start(stage);
  stage.pass(MINUTES);
  const second = await start(stage);
  stage.pass(UNTIL_RUNNING);
  const answer = await request(stage.handle, 'GET', '/emulator/ledger');
  const ledger = containerAppsLedgerSchema.parse(answer.body);
  expect(ledger.puts).toMatchObject([{ job: 'train', status: 201 }]);
  expect(ledger.starts).toMatchObject([
    { job: 'train', status: 200 },
    { job: 'train', status: 200 },
  ]);
  expect(ledger.programs).toMatchObject([
    { execution: first, bytes: 6, exitCode: 0 },
    { execution: second, bytes: 6 },
  ]);
  expect(stage.standIn.left()).toEqual({ jobs: ['train'], executions: [second] });
  const printed = await request(stage.handle, 'GET', '/emulator/ledger/printed?job=train');
  expect(printed.body).toBe('hello\nhello\n');
});

test('a deleted job is shown as Deleting, then gone, and its programs with it', async () => {
  const stage = setStage({ scripts: [NEVER_ENDS] });
  await makeJob(stage);
  await start(stage);
  stage.pass(UNTIL_RUNNING);
  expect((await stage.send('DELETE', '/jobs/train')).status).toBe(202);
  const shown = await stage.send('GET', '/jobs/train');
  expect(z.object({ properties: z.object({ provisioningState: z.string() }) }).parse(shown.body)).toEqual({
    properties: { provisioningState: 'Deleting' },
  });
  stage.pass(20_000);
  expect((await stage.send('GET', '/jobs/train')).status).toBe(404);
  expect((await stage.send('DELETE', '/jobs/train')).status).toBe(204);
  expect(stage.standIn.left()).toEqual({ jobs: [], executions: [] });
});
