import type { ScheduleRow } from '../../../domain/ports/schedule-store';
import {
  type ScheduleDefinition,
  scheduleDefinitionSchema,
  scheduleSchema,
} from '../../../domain/schedule/schedule';
import {
  type ChangedSchedule,
  type Condition,
  listSchedules,
  pauseSchedule,
  putSchedule,
  readSchedule,
  removeSchedule,
} from '../../../jobs/schedule/change-schedule';
import { fireSchedules } from '../../../jobs/schedule/fire-schedules';
import { runSchedule } from '../../../jobs/schedule/run-schedule';
import { rowsOf, type TestApp, testApp } from '../../support/app/test-app';
import { scheduleRow } from '../../support/schedule-rows';

const SPEC = { image: 'example/program:1' };

function definition(over: object = {}): ScheduleDefinition {
  return scheduleDefinitionSchema.parse({ cron: '0 * * * *', spec: SPEC, ...over });
}

function put(app: TestApp, over: object = {}, condition: Condition = {}): Promise<ChangedSchedule> {
  return putSchedule(app.ports, 'hourly', definition(over), undefined, condition);
}

async function rowOf(app: TestApp): Promise<ScheduleRow> {
  const stored = await app.ports.schedules.read('hourly');
  if (stored === undefined) throw new Error('There is no schedule.');
  return stored.row;
}

/** Passes to the next tick after the next full hour. */
async function hourLater(app: TestApp): Promise<readonly string[]> {
  app.pass(3_600);
  return fireSchedules(app.ports);
}

const bySettings = { ...definition({ cron: '30 * * * *' }), name: 'hourly' };

describe('a schedule of the API', () => {
  test('is made, fires, is defined anew and goes on', async () => {
    const app = testApp();
    app.pass(5);
    expect(await put(app)).toMatchObject({ kind: 'done', created: true, known: { origin: 'api' } });
    const [first] = await hourLater(app);
    expect(await put(app, { spec: { image: 'example/program:2' } })).toMatchObject({
      kind: 'done',
      created: false,
    });
    const [second] = await hourLater(app);
    const hashes = await Promise.all(
      [first, second].map(async (id) => (await rowsOf(app, id)).job.row.specHash),
    );
    expect(new Set(hashes).size).toBe(2);
  });

  test('defined the same again is not even written', async () => {
    const app = testApp();
    await put(app, { from: '2026-01-01T00:00:00Z' });
    const before = (await app.ports.schedules.read('hourly'))?.etag;
    await put(app, { from: '2026-01-01T00:00:00Z' });
    expect((await app.ports.schedules.read('hourly'))?.etag).toBe(before);
  });

  test('whose cron changes does not fire for what the new one would have fired before', async () => {
    const app = testApp();
    await put(app, { cron: '0 0 1 1 *' });
    app.pass(3_605);
    await put(app);
    expect(await fireSchedules(app.ports)).toEqual([]);
    expect(await hourLater(app)).toHaveLength(1);
  });

  test('whose spec changes still fires what is due', async () => {
    const app = testApp();
    await put(app);
    app.pass(3_605);
    await put(app, { spec: { image: 'example/program:2' } });
    expect(await fireSchedules(app.ports)).toHaveLength(1);
  });

  test('removed and made again under its name makes a job of its own for an instant that the first one had fired', async () => {
    const app = testApp();
    const from = '2026-01-01T00:30:00Z';
    await put(app, { from });
    app.pass(3_605);
    const [first] = await fireSchedules(app.ports);
    expect(await removeSchedule(app.ports, 'hourly', {})).toEqual({ kind: 'removed' });
    expect(await fireSchedules(app.ports)).toEqual([]);
    await put(app, { from, spec: { image: 'example/program:2' } });
    const [second] = await fireSchedules(app.ports);
    expect(second).toBeDefined();
    expect(second).not.toBe(first);
  });

  test('changes and goes only if it is what the ETag says, and is made only if it is new', async () => {
    const app = testApp();
    expect(await put(app, {}, { ifMatch: '*' })).toMatchObject({ kind: 'not-as-asked', etag: undefined });
    expect(await put(app, {}, { isNew: true })).toMatchObject({ kind: 'done' });
    expect(await put(app, {}, { isNew: true })).toMatchObject({ kind: 'not-as-asked' });
    const etag = (await app.ports.schedules.read('hourly'))?.etag;
    expect(await put(app, { overlap: 'skip' }, { ifMatch: etag })).toMatchObject({ kind: 'done' });
    expect(await put(app, {}, { ifMatch: etag })).toMatchObject({ kind: 'not-as-asked' });
    expect(await removeSchedule(app.ports, 'hourly', { ifMatch: etag })).toMatchObject({
      kind: 'not-as-asked',
    });
    expect(await removeSchedule(app.ports, 'hourly', { ifMatch: '*' })).toEqual({ kind: 'removed' });
    expect(await removeSchedule(app.ports, 'hourly', {})).toEqual({ kind: 'no-such-schedule' });
  });

  test('keeps what a tick has written meanwhile', async () => {
    const app = testApp();
    await put(app);
    app.pass(3_605);
    await Promise.all([fireSchedules(app.ports), put(app, { overlap: 'skip' }), fireSchedules(app.ports)]);
    const row = await rowOf(app);
    expect(row.definition?.overlap).toBe('skip');
    expect(app.jobs.jobIds()).toHaveLength(1);
    expect(row.jobs).toEqual(app.jobs.jobIds());
  });

  test('takes the place of what a schedule left behind that the settings name no more', async () => {
    const app = testApp();
    await app.ports.schedules.insert(scheduleRow({ name: 'hourly' }));
    expect(await readSchedule(app.ports, 'hourly')).toBeUndefined();
    expect(await put(app)).toMatchObject({ kind: 'done', created: true });
    expect((await rowOf(app)).incarnation).not.toBe('');
  });
});

describe('pausing', () => {
  test('passes over what fires until it is resumed, also with catchUp "one"', async () => {
    const app = testApp();
    app.pass(5);
    await put(app, { catchUp: 'one' });
    await pauseSchedule(app.ports, 'hourly', true);
    expect(await hourLater(app)).toEqual([]);
    app.pass(60);
    expect(await pauseSchedule(app.ports, 'hourly', false)).toMatchObject({ kind: 'done' });
    expect(await fireSchedules(app.ports)).toEqual([]);
    app.pass(3_540);
    expect(await fireSchedules(app.ports)).toHaveLength(1);
  });

  test('outlives a new definition that does not speak of it', async () => {
    const app = testApp();
    await put(app);
    await pauseSchedule(app.ports, 'hourly', true);
    await put(app, { overlap: 'skip' });
    expect((await rowOf(app)).paused).toBe(true);
    await putSchedule(app.ports, 'hourly', definition(), false, {});
    expect((await rowOf(app)).paused).toBe(false);
  });

  test('works before any tick has seen a schedule of the settings, and lasts', async () => {
    const app = testApp({ configuredSchedules: [bySettings] });
    await pauseSchedule(app.ports, 'hourly', true);
    expect(await hourLater(app)).toEqual([]);
    expect((await readSchedule(app.ports, 'hourly'))?.origin).toBe('settings');
    expect(await pauseSchedule(app.ports, 'nobody', true)).toEqual({ kind: 'no-such-schedule' });
  });
});

test('a schedule of the settings is neither changed nor removed by the API', async () => {
  const app = testApp({ configuredSchedules: [bySettings] });
  expect(await put(app)).toEqual({ kind: 'from-settings' });
  expect(await removeSchedule(app.ports, 'hourly', {})).toEqual({ kind: 'from-settings' });
  await fireSchedules(app.ports);
  expect(await put(app)).toEqual({ kind: 'from-settings' });
  expect(await removeSchedule(app.ports, 'hourly', {})).toEqual({ kind: 'from-settings' });
});

test('all are listed by name, each once', async () => {
  const other = scheduleSchema.parse({ name: 'b', cron: '0 0 * * *', spec: SPEC });
  const app = testApp({ configuredSchedules: [other] });
  await put(app);
  for (const name of ['c', 'a']) await putSchedule(app.ports, name, definition(), undefined, {});
  await fireSchedules(app.ports);
  const listed = await listSchedules(app.ports);
  expect(listed.map(({ schedule, origin }) => `${schedule.name} ${origin}`)).toEqual([
    'a api',
    'b settings',
    'c api',
    'hourly api',
  ]);
});

describe('running a schedule now', () => {
  test('makes one job a key, also while it is paused, and no fire less', async () => {
    const app = testApp();
    app.pass(5);
    await put(app);
    await pauseSchedule(app.ports, 'hourly', true);
    const once = await runSchedule(app.ports, 'hourly', 'k');
    expect(await runSchedule(app.ports, 'hourly', 'k')).toEqual(once);
    if (once.kind !== 'accepted') throw new Error(once.kind);
    expect((await rowsOf(app, once.jobId)).job.row).toMatchObject({ source: 'schedule', schedule: 'hourly' });
    expect(await runSchedule(app.ports, 'hourly', 'other')).not.toEqual(once);
    await pauseSchedule(app.ports, 'hourly', false);
    expect(await hourLater(app)).toHaveLength(1);
    expect(app.jobs.jobIds()).toHaveLength(3);
    expect((await rowOf(app)).last?.jobId).not.toBe(once.jobId);
  });

  test('stands against the next fire under "skip"', async () => {
    const app = testApp();
    app.pass(5);
    await put(app, { overlap: 'skip' });
    await runSchedule(app.ports, 'hourly', 'k');
    expect(await hourLater(app)).toEqual([]);
    expect((await rowOf(app)).last?.action).toBe('skipped');
  });

  test('says why it can not', async () => {
    const app = testApp({ configuredSchedules: [{ ...bySettings, spec: { image: 'a', gpus: 1 } }] });
    expect(await runSchedule(app.ports, 'hourly', 'k')).toMatchObject({
      kind: 'unusable',
      problems: [{ pointer: '/gpus' }],
    });
    expect(await runSchedule(app.ports, 'nobody', 'k')).toEqual({ kind: 'no-such-schedule' });
    expect(app.jobs.jobIds()).toEqual([]);
  });
});
