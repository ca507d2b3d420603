// Faults of single calls: definitions that fail, and answers that are lost, with and without effect.
import {
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

async function stateOf(stage: Stage): Promise<unknown> {
  const { status, body } = await stage.send('GET', '/jobs/train');
  return status === 200 ? body : status;
}

test('a definition may be accepted and fail: it can be deleted and written anew, not started', async () => {
  const stage = setStage();
  stage.fault({ kind: 'failed-put', count: 1 });
  await makeJob(stage);
  expect(await stateOf(stage)).toMatchObject({ properties: { provisioningState: 'Failed' } });
  expect((await stage.send('POST', '/jobs/train/start')).status).toBe(409);
  await makeJob(stage);
  expect(await stateOf(stage)).toMatchObject({ properties: { provisioningState: 'Succeeded' } });
  expect((await stage.send('DELETE', '/jobs/train')).status).toBe(202);
});

test('pulls may be slow, until that is over', async () => {
  const stage = setStage({ scripts: [NEVER_ENDS] });
  await makeJob(stage);
  stage.fault({ kind: 'slow-pulls', factor: 10 });
  await start(stage);
  stage.pass(25_000);
  expect(stage.starts).toEqual([]);
  stage.pass(10_000);
  expect(stage.starts).toHaveLength(1);
  stage.fault({ kind: 'slow-pulls', factor: 1 });
  await start(stage);
  stage.pass(UNTIL_RUNNING);
  expect(stage.starts).toHaveLength(2);
});

test.each([
  [true, { properties: { provisioningState: 'Succeeded' } }],
  [false, 404],
])('a PUT whose answer is lost has made its definition: %s', async (effect, state) => {
  const stage = setStage();
  stage.fault({ kind: 'lost-answer', of: 'put', effect, count: 1 });
  await expect(stage.send('PUT', '/jobs/train', jobBody())).rejects.toThrow('PUT');
  stage.pass(MINUTE);
  const shown = await stateOf(stage);
  if (effect) expect(shown).toMatchObject(state);
  else expect(shown).toBe(state);
  expect(stage.standIn.ledger().puts).toMatchObject([{ status: 0 }]);
});

test.each([
  [true, 'Stopped'],
  [false, 'Running'],
])('a stop whose answer is lost has ended its execution: %s', async (effect, status) => {
  const stage = setStage({ scripts: [NEVER_ENDS] });
  await makeJob(stage);
  await start(stage);
  stage.pass(UNTIL_RUNNING);
  stage.fault({ kind: 'lost-answer', of: 'stop', effect, count: 1 });
  await expect(stage.send('POST', '/jobs/train/stop')).rejects.toThrow('stop');
  stage.pass(MINUTE);
  expect(await statuses(stage)).toEqual([status]);
});

test.each([
  [true, []],
  [false, ['train']],
])('a DELETE whose answer is lost has removed its definition: %s', async (effect, left) => {
  const stage = setStage();
  await makeJob(stage);
  stage.fault({ kind: 'lost-answer', of: 'delete', effect, count: 1 });
  await expect(stage.send('DELETE', '/jobs/train')).rejects.toThrow('DELETE');
  stage.pass(MINUTE);
  expect(stage.standIn.left().jobs).toEqual(left);
});
