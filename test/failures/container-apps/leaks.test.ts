// What no list shows on Container Apps: a start that takes effect on a deleted definition. The environment's usages
// tell.
import { cancel } from '../../../jobs/job/cancel';
import {
  type AppsWorld,
  createAppsWorld,
  HOUR,
  isGone,
  MINUTE,
} from '../../support/world/container-apps-world';

const T4 = { gpus: [{ sku: 'T4', counts: [1 as const], profile: 'serverless-t4' }] };
const GPU_JOB = { gpu: { count: 1 as const, sku: 'T4' } };
const RUNS_LONG = { prints: [{ atMs: 1, text: 'hello\n' }], exit: { atMs: 2 * HOUR, code: 0 } };

const alarms = ({ app }: AppsWorld): string[] => app.logged.filter((line) => line.includes('ALARM'));

/** A job whose start's answer is lost; it takes effect after the job was canceled and its definition deleted. */
async function leaked(shared: boolean): Promise<AppsWorld> {
  const world = await createAppsWorld({
    placement: { ...T4, ...(shared ? { sharedEnvironment: true } : {}) },
    script: () => RUNS_LONG,
    faults: [{ kind: 'late-start', count: 1, ms: 12 * MINUTE, answer: 'lost' }],
  });
  const job = await world.submit(GPU_JOB);
  await world.pass(MINUTE);
  await cancel(world.ports, job);
  await world.until(job, isGone, 20 * MINUTE);
  return world;
}

test('a start that takes effect on a deleted definition raises an alarm by the GPU that it uses', async () => {
  const world = await leaked(false);
  await world.pass(5 * MINUTE);
  expect(world.stage.starts()).toBe(1);
  expect(world.stage.standIn.left().jobs).toEqual([]);
  expect(alarms(world)).toEqual([]);
  await world.pass(10 * MINUTE);
  expect(alarms(world)[0]).toContain(
    'ALARM: at apps 1 GPU is in use beyond the places that our attempts hold, for 10 min now: 1 in use, 0 held.',
  );
  expect(alarms(world)[0]).toContain('"sharedEnvironment": true');
});

test('nothing is said of it where the placement says that others use its environment too', async () => {
  const world = await leaked(true);
  await world.pass(30 * MINUTE);
  expect(world.stage.starts()).toBe(1);
  expect(alarms(world)).toEqual([]);
});

test('jobs that come and go raise none', async () => {
  const world = await createAppsWorld({
    placement: { ...T4, limits: { workloads: 3, creates: [] } },
    script: () => ({ prints: [], exit: { atMs: 4 * MINUTE, code: 0 } }),
  });
  for (let n = 0; n < 9; n += 1) await world.submit(GPU_JOB, `job ${n}`);
  await world.pass(45 * MINUTE);
  expect(world.stage.starts()).toBe(9);
  expect(world.stage.standIn.left().jobs).toEqual([]);
  expect(alarms(world)).toEqual([]);
});
