// Faults by name, and what a client can see of each.
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

const MINUTE = 60_000;

test('a slow PUT stays InProgress for 215 s, a stuck one for good', async () => {
  const stage = setStage();
  stage.fault({ kind: 'slow-put', count: 1, ms: 215_000 });
  await makeJob(stage, 'slow');
  stage.fault({ kind: 'stuck-put', count: 1 });
  await makeJob(stage, 'stuck');
  const state = async (name: string): Promise<unknown> => (await stage.send('GET', `/jobs/${name}`)).body;
  expect(await state('slow')).toMatchObject({ properties: { provisioningState: 'InProgress' } });
  stage.pass(4 * MINUTE);
  expect(await state('slow')).toMatchObject({ properties: { provisioningState: 'Succeeded' } });
  expect(await state('stuck')).toMatchObject({ properties: { provisioningState: 'InProgress' } });
});

test('a start whose answer is lost has run the program once', async () => {
  const stage = setStage();
  await makeJob(stage);
  stage.fault({ kind: 'lost-answer', of: 'start', effect: true, count: 1 });
  await expect(stage.send('POST', '/jobs/train/start')).rejects.toThrow('lost');
  stage.pass(MINUTE);
  expect(await statuses(stage)).toEqual(['Succeeded']);
  expect(stage.standIn.ledger().starts).toMatchObject([{ status: 0 }]);
});

test('a start that is lost before its effect has run nothing', async () => {
  const stage = setStage();
  await makeJob(stage);
  stage.fault({ kind: 'lost-answer', of: 'start', effect: false, count: 1 });
  await expect(stage.send('POST', '/jobs/train/start')).rejects.toThrow('lost');
  stage.pass(MINUTE);
  expect(await statuses(stage)).toEqual([]);
  expect(stage.starts).toEqual([]);
});

test('a late start shows nothing until its effect', async () => {
  const stage = setStage();
  await makeJob(stage);
  stage.fault({ kind: 'late-start', count: 1, ms: 2 * MINUTE, answer: 'lost' });
  await expect(stage.send('POST', '/jobs/train/start')).rejects.toThrow('lost');
  stage.pass(MINUTE);
  expect(await statuses(stage)).toEqual([]);
  stage.pass(2 * MINUTE);
  expect(await statuses(stage)).toEqual(['Succeeded']);
});

test('a late start runs its program even when the definition is gone by then, and the ledger has it', async () => {
  const stage = setStage({ scripts: [NEVER_ENDS] });
  await makeJob(stage);
  stage.fault({ kind: 'late-start', count: 1, ms: MINUTE, answer: 'refused' });
  expect((await stage.send('POST', '/jobs/train/start')).status).toBe(503);
  await stage.send('DELETE', '/jobs/train');
  stage.pass(2 * MINUTE);
  expect((await stage.send('GET', '/jobs/train/executions')).status).toBe(404);
  expect(stage.standIn.left()).toMatchObject({ jobs: [], executions: [expect.any(String)] });
  expect(stage.standIn.ledger().programs).toHaveLength(1);
});

test('one start may make two executions', async () => {
  const stage = setStage();
  await makeJob(stage);
  stage.fault({ kind: 'second-execution', count: 1 });
  const name = await start(stage);
  stage.pass(MINUTE);
  const shown = await executions(stage);
  expect(shown).toHaveLength(2);
  expect(shown.map((each) => each.name)).toContain(name);
  expect(stage.starts).toHaveLength(2);
});

test('an execution may stay Processing, and run nothing', async () => {
  const stage = setStage();
  await makeJob(stage);
  stage.fault({ kind: 'stuck-processing', count: 1 });
  await start(stage);
  stage.pass(70 * MINUTE); // Longer than its replicaTimeout.
  expect(await statuses(stage)).toEqual(['Processing']);
  expect(stage.starts).toEqual([]);
});

test('an execution may say Running until its deadline although its program has ended', async () => {
  const stage = setStage({ scripts: [HELLO] });
  await makeJob(stage, 'train', { configuration: { replicaTimeout: 600 } });
  stage.fault({ kind: 'stays-running', count: 1 });
  await start(stage);
  stage.pass(9 * MINUTE);
  expect(await statuses(stage)).toEqual(['Running']);
  expect(stage.standIn.ledger().programs[0]?.exitCode).toBe(0);
  stage.pass(2 * MINUTE);
  expect(await statuses(stage)).toEqual(['Failed']);
});

test('a failure of the platform runs no program and has no exit code', async () => {
  const stage = setStage();
  await makeJob(stage);
  stage.fault({ kind: 'platform-failure', count: 1 });
  await start(stage);
  stage.pass(MINUTE);
  const [execution] = await executions(stage);
  expect(execution?.properties).toMatchObject({ status: 'Failed', reason: 'BackoffLimitExceeded' });
  expect(execution?.properties.detailedStatus).toEqual({});
  expect(stage.starts).toEqual([]);
});

test('a lost execution is shown no more, whether its program ends or runs on', async () => {
  const stage = setStage({ scripts: [NEVER_ENDS] });
  await makeJob(stage);
  const ended = await start(stage);
  const runsOn = await start(stage);
  stage.pass(UNTIL_RUNNING);
  stage.fault({ kind: 'lost-execution', execution: ended, programs: 'end', count: 1 });
  stage.fault({ kind: 'lost-execution', execution: runsOn, programs: 'run-on', count: 1 });
  stage.pass(1_000);
  expect(await statuses(stage)).toEqual([]);
  expect(stage.standIn.left().executions).toEqual([runsOn]);
});

test('replicas beyond the quota of GPUs wait, and the system log says why', async () => {
  const stage = setStage({ scripts: [HELLO] });
  const parts = {
    properties: { workloadProfileName: 't4' },
    container: { resources: { cpu: 8, memory: '56Gi' } },
  };
  await makeJob(stage, 'train', parts);
  stage.fault({ kind: 'quota', name: 'ManagedEnvironmentConsumptionT4Gpus', limit: 1 });
  await start(stage);
  await start(stage);
  stage.pass(UNTIL_RUNNING);
  expect(stage.starts).toHaveLength(1);
  expect(await statuses(stage)).toEqual(['Running', 'Running']);
  stage.pass(MINUTE);
  expect(stage.starts).toHaveLength(2);
  const [row] = await rows(stage, "ContainerAppSystemLogs_CL | where Reason_s == 'FailedScheduling'");
  expect(row).toMatchObject({ Log_s: expect.stringContaining('Maximum Allowed Cores exceeded') as string });
});

test('a region without a GPU left gives its replica no node', async () => {
  const stage = setStage();
  const parts = {
    properties: { workloadProfileName: 't4' },
    container: { resources: { cpu: 8, memory: '56Gi' } },
  };
  await makeJob(stage, 'train', parts);
  stage.fault({ kind: 'capacity', profileType: 'Consumption-GPU-NC8as-T4', gpus: 0 });
  await start(stage);
  stage.pass(10 * MINUTE);
  expect(stage.starts).toEqual([]);
  stage.fault({ kind: 'capacity', profileType: 'Consumption-GPU-NC8as-T4', gpus: 1 });
  stage.pass(MINUTE);
  expect(stage.starts).toHaveLength(1);
});

test('rows of the log tables may come late and twice', async () => {
  const stage = setStage({ scripts: [exits(0)] });
  await makeJob(stage);
  stage.fault({ kind: 'late-log-rows', ms: 10 * MINUTE });
  stage.fault({ kind: 'duplicate-log-rows', every: 1 });
  await start(stage);
  stage.pass(5 * MINUTE);
  await expect(rows(stage, 'ContainerAppSystemLogs_CL')).rejects.toThrow();
  stage.pass(10 * MINUTE);
  const pulled = await rows(stage, "ContainerAppSystemLogs_CL | where Reason_s == 'PulledImage'");
  expect(pulled).toHaveLength(2);
  expect(pulled[0]).toEqual(pulled[1]);
});

test('requests are answered 429 and 412, and while the API is down not at all', async () => {
  const stage = setStage();
  await makeJob(stage);
  stage.fault({ kind: 'too-many-requests', count: 1, seconds: 7 });
  const refused = await stage.send('GET', '/jobs/train');
  expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '7' } });
  stage.fault({ kind: 'precondition-failed', count: 1 });
  expect(await stage.send('GET', '/jobs/train')).toMatchObject({ status: 412, body: '' });
  stage.fault({ kind: 'api-down', forMs: 1_000 });
  await expect(stage.send('GET', '/jobs/train')).rejects.toThrow('down');
  stage.pass(2_000);
  expect((await stage.send('GET', '/jobs/train')).status).toBe(200);
});

test('a fault is asked for over HTTP, and a wrong one is refused with its reason', async () => {
  const stage = setStage();
  const post = (body: unknown): ReturnType<typeof request> =>
    request(stage.handle, 'POST', '/emulator/faults', body);
  expect((await post({ kind: 'slow-put' })).status).toBe(204);
  expect((await post({ kind: 'no-such-fault' })).status).toBe(400);
  expect((await post({ kind: 'lost-execution', execution: 'train-zzz' })).status).toBe(409);
});
