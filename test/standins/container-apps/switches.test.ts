// What no source shows of the service, answered both ways.
import type { Switches } from '../../../standins/container-apps/switches';
import {
  executions,
  exits,
  HELLO,
  jobBody,
  makeJob,
  NEVER_ENDS,
  setStage,
  type Stage,
  start,
  statuses,
  UNTIL_RUNNING,
} from './support';

const MINUTE = 60_000;

async function ended(switches: Partial<Switches>): Promise<Stage> {
  const stage = setStage({ scripts: [exits(5)], switches });
  await makeJob(stage);
  await start(stage);
  stage.pass(MINUTE);
  return stage;
}

async function endedProperties(switches: Partial<Switches>): Promise<Readonly<Record<string, unknown>>> {
  const [execution] = await executions(await ended(switches));
  return execution?.properties ?? {};
}

test('an ended execution shows its end time or not', async () => {
  expect(await endedProperties({ endTime: 'shown' })).toHaveProperty('endTime');
  expect(await endedProperties({ endTime: 'absent' })).not.toHaveProperty('endTime');
});

test('detailed status is kept, empty or absent after the end', async () => {
  expect(await endedProperties({ endedDetail: 'kept' })).toHaveProperty('detailedStatus.replicas');
  expect(await endedProperties({ endedDetail: 'empty' })).toHaveProperty('detailedStatus', {});
  expect(await endedProperties({ endedDetail: 'absent' })).not.toHaveProperty('detailedStatus');
});

test('reason and message are shown or absent', async () => {
  expect(await endedProperties({ reasonAndMessage: 'shown' })).toHaveProperty(
    'reason',
    'BackoffLimitExceeded',
  );
  expect(await endedProperties({ reasonAndMessage: 'absent' })).not.toHaveProperty('reason');
});

test('a deleted definition stops its executions or leaves them', async () => {
  for (const [deleteWhileRunning, left] of [
    ['stops-executions', 0],
    ['leaves-executions', 1],
  ] as const) {
    const stage = setStage({ scripts: [NEVER_ENDS], switches: { deleteWhileRunning } });
    await makeJob(stage);
    await start(stage);
    stage.pass(UNTIL_RUNNING);
    await stage.send('DELETE', '/jobs/train');
    stage.pass(MINUTE);
    expect(stage.standIn.left().executions).toHaveLength(left);
  }
});

test('a changed definition leaves its executions or stops them', async () => {
  for (const [changeWhileRunning, status] of [
    ['leaves-executions', 'Running'],
    ['stops-executions', 'Stopped'],
  ] as const) {
    const stage = setStage({ scripts: [NEVER_ENDS], switches: { changeWhileRunning } });
    await makeJob(stage);
    await start(stage);
    stage.pass(UNTIL_RUNNING);
    await makeJob(stage);
    expect(await statuses(stage)).toEqual([status]);
  }
});

test('a write during a write, and a start during one, are accepted or refused', async () => {
  for (const [answer, put, started] of [
    ['accepted', 201, 200],
    ['refused', 409, 409],
  ] as const) {
    const stage = setStage({ switches: { writeDuringWrite: answer, startDuringWrite: answer } });
    await stage.send('PUT', '/jobs/train', jobBody());
    expect((await stage.send('PUT', '/jobs/train', jobBody())).status).toBe(put);
    expect((await stage.send('POST', '/jobs/train/start')).status).toBe(started);
  }
});

test('a start during a delete is refused or accepted', async () => {
  for (const [startDuringDelete, status] of [
    ['refused', 409],
    ['accepted', 200],
  ] as const) {
    const stage = setStage({ switches: { startDuringDelete } });
    await makeJob(stage);
    await stage.send('DELETE', '/jobs/train');
    expect((await stage.send('POST', '/jobs/train/start')).status).toBe(status);
  }
});

test('a stop of what has ended is accepted or refused', async () => {
  for (const [stopOfEnded, status] of [
    ['accepted', 200],
    ['refused', 400],
  ] as const) {
    const stage = await ended({ stopOfEnded });
    const [execution] = await executions(stage);
    const path = `/jobs/train/executions/${execution?.name ?? ''}/stop`;
    expect((await stage.send('POST', path)).status).toBe(status);
    expect(await statuses(stage)).toEqual(['Failed']);
  }
});

test('start and stop answer 200, or 202 with a Location whose poll gives the result', async () => {
  const stage = setStage({ switches: { startAnswer: 'accepted', stopAnswer: 'accepted' } });
  await makeJob(stage);
  const answer = await stage.send('POST', '/jobs/train/start');
  expect(answer.status).toBe(202);
  expect(answer.headers['location']).toContain('/containerappsjobOperationResults/');
  expect(await statuses(stage)).toHaveLength(1);
});

test('an image that cannot be read is refused by PUT, or fails when it is pulled', async () => {
  for (const [imageCheck, status] of [
    ['at-put', 400],
    ['at-pull', 201],
  ] as const) {
    const stage = setStage({
      switches: { imageCheck },
      standingOf: () => ({ kind: 'inaccessible' }),
    });
    expect((await stage.send('PUT', '/jobs/train', jobBody())).status).toBe(status);
  }
});

test('a list comes whole or in pages, the newest or the oldest first', async () => {
  const stage = setStage({
    scripts: [HELLO],
    switches: { pageSize: 1, executionOrder: 'oldest-first' },
  });
  await makeJob(stage);
  const first = await start(stage);
  await start(stage);
  const { body } = await stage.send('GET', '/jobs/train/executions');
  expect(body).toMatchObject({
    value: [{ name: first }],
    nextLink: expect.stringContaining('skiptoken=1') as string,
  });
});

test('a job that does not exist is answered by the gateway or by the provider', async () => {
  for (const [jobNotFound, code] of [
    ['gateway', 'ResourceNotFound'],
    ['provider', 'ContainerAppsJobNotFound'],
  ] as const) {
    const stage = setStage({ switches: { jobNotFound } });
    expect(await stage.send('GET', '/jobs/train')).toMatchObject({ status: 404, body: { error: { code } } });
  }
});
