import { type ScheduleRow, scheduleRowSchema } from '../../../domain/ports/schedule-store';
import { type Schedule, scheduleDefinitionSchema, scheduleSchema } from '../../../domain/schedule/schedule';
import { fireSchedules } from '../../../jobs/schedule/fire-schedules';
import { dieEverywhere, dyingPorts } from '../../support/app/dying-ports';
import { rowsOf, type TestApp, testApp } from '../../support/app/test-app';
import { testPlacement } from '../../support/placements';
import { NEW_YEAR } from '../../support/rows';
import { scheduleRow } from '../../support/schedule-rows';

const SPEC = { image: 'example/program:1' };

function hourly(over: object = {}): Schedule {
  return scheduleSchema.parse({ name: 'hourly', cron: '0 * * * *', spec: SPEC, ...over });
}

/** An app with one schedule that fires every hour. */
function scheduled(over: object = {}): TestApp {
  return testApp({ configuredSchedules: [hourly(over)] });
}

/** Ticks once when the schedule is stored, then once after its next fire. */
async function fireOnce(app: TestApp): Promise<readonly string[]> {
  await fireSchedules(app.ports);
  app.pass(3_605);
  return fireSchedules(app.ports);
}

async function rowOf(app: TestApp, name = 'hourly'): Promise<ScheduleRow> {
  const stored = await app.ports.schedules.read(name);
  if (stored === undefined) throw new Error(`There is no schedule ${name}.`);
  return stored.row;
}

describe('a schedule', () => {
  test('makes nothing when it is first seen, one job at its fire, none at the next tick', async () => {
    const app = scheduled();
    expect(await fireSchedules(app.ports)).toEqual([]);
    app.pass(3_605);
    const [jobId] = await fireSchedules(app.ports);
    expect((await rowsOf(app, jobId)).job.row).toMatchObject({
      state: 'waiting',
      source: 'schedule',
      schedule: 'hourly',
    });
    expect((await rowOf(app)).last).toEqual({
      fireAt: NEW_YEAR + 3_600_000,
      at: app.now(),
      action: 'submitted',
      jobId,
    });
    app.pass(60);
    expect(await fireSchedules(app.ports)).toEqual([]);
  });

  test('has fires before it was first seen when it says from when', async () => {
    const app = scheduled({ from: '2025-12-31T23:58:00Z', cron: '59 * * * *' });
    expect(await fireSchedules(app.ports)).toHaveLength(1);
  });

  test('has none before the instant from which it counts, however late it is seen', async () => {
    const app = scheduled({ from: '2026-01-01T02:30:00Z' });
    await fireSchedules(app.ports);
    app.pass(2 * 3_600 + 5);
    expect(await fireSchedules(app.ports)).toEqual([]);
    app.pass(3_600);
    expect(await fireSchedules(app.ports)).toHaveLength(1);
    expect(app.logged).toEqual([]);
  });

  test('makes one job when several ticks see the same fire at once', async () => {
    const app = scheduled();
    await fireSchedules(app.ports);
    app.pass(3_605);
    const fired = await Promise.all(Array.from({ length: 5 }, () => fireSchedules(app.ports)));
    expect(new Set(fired.flat()).size).toBe(1);
    expect(app.jobs.jobIds()).toHaveLength(1);
  });

  test('makes a job for each fire of the last five minutes', async () => {
    const app = scheduled({ cron: '* * * * *' });
    await fireSchedules(app.ports);
    app.pass(4 * 60 + 30);
    expect(await fireSchedules(app.ports)).toHaveLength(4);
    expect(await fireSchedules(app.ports)).toEqual([]);
  });

  test('counts from now on when its cron expression changes: what the new one would have fired is no fire', async () => {
    const app = scheduled({ cron: '0 5 * * *' });
    await fireSchedules(app.ports);
    app.pass(3_605);
    const changed = { ...app.ports, configuredSchedules: [hourly()] };
    expect(await fireSchedules(changed)).toEqual([]);
    app.pass(3_600);
    expect(await fireSchedules(changed)).toHaveLength(1);
  });

  test('is not silenced by a clock that was an hour ahead', async () => {
    const app = scheduled();
    await fireSchedules(app.ports);
    const ahead = { ...app.ports.clock, now: () => app.now() + 10 * 3_600_000 };
    await fireSchedules({ ...app.ports, clock: ahead });
    const before = app.jobs.jobIds().length;
    await fireSchedules(app.ports);
    expect(app.logged.join()).toContain('a clock was wrong');
    app.pass(3_605);
    expect(await fireSchedules(app.ports)).toHaveLength(1);
    expect(app.jobs.jobIds()).toHaveLength(before + 1);
  });

  test('cut anywhere, makes the same job at the next tick and goes on', async () => {
    const deaths = await dieEverywhere(
      async () => {
        const app = scheduled();
        await fireSchedules(app.ports);
        app.pass(3_605);
        return app;
      },
      (ports) => fireSchedules(ports),
      async (app, where) => {
        app.pass(60);
        await fireSchedules(app.ports);
        expect([where, app.jobs.jobIds().length]).toEqual([where, 1]);
        expect([where, await rowOf(app)]).toEqual([
          where,
          expect.objectContaining({ firedThrough: app.now() - 65_000, jobs: app.jobs.jobIds() }),
        ]);
        expect([where, (await rowOf(app)).pending]).toEqual([where, undefined]);
      },
    );
    expect(deaths).toBeGreaterThanOrEqual(16);
  });

  test('that was being rejected when it was cut makes no second job, though a placement holds it by now', async () => {
    const big = hourly({ spec: { ...SPEC, gpu: { count: 4, sku: 'H100' } } });
    await dieEverywhere(
      async () => {
        const app = testApp({ configuredSchedules: [big] });
        await fireSchedules(app.ports);
        app.pass(3_605);
        return app;
      },
      (ports) => fireSchedules(ports),
      async (app, where) => {
        const placements = [testPlacement({ gpus: [{ sku: 'H100', counts: [4] }] })];
        await fireSchedules({ ...app.ports, placements });
        expect([where, app.jobs.jobIds().length]).toEqual([where, 1]);
      },
    );
  });

  test.each<[string, object, string]>([
    ['a spec that is none', { spec: { image: 'a', gpus: 1 } }, '/gpus is not a known field'],
    [
      'a literal secret',
      { spec: { image: 'a', env: { TOKEN: { secure: 'open sesame' } } } },
      '/env/TOKEN/secure is a literal secret',
    ],
    [
      'a secret that nobody can resolve',
      { spec: { image: 'a', env: { TOKEN: { secretRef: 'token' } } } },
      '/env/TOKEN/secretRef refers to a key vault',
    ],
  ])('with %s makes a Rejected job that says why, once a fire', async (_what, over, why) => {
    const app = scheduled(over);
    const [jobId] = await fireOnce(app);
    const { job } = await rowsOf(app, jobId);
    expect(job.row).toMatchObject({
      state: 'over',
      outcome: 'Rejected',
      name: 'hourly',
      schedule: 'hourly',
      reason: { code: 'invalid-spec' },
    });
    expect(job.row.reason?.message).toContain(why);
    expect((await rowOf(app)).last).toMatchObject({ action: 'rejected', jobId });
    const told = [job.row, app.results.recordOf(jobId ?? ''), app.logged, await rowOf(app)];
    expect(JSON.stringify(told)).not.toContain('open sesame');
    expect(await fireSchedules(app.ports)).toEqual([]);
  });

  test('whose job no placement can hold makes a Rejected job', async () => {
    const app = testApp({
      configuredSchedules: [hourly({ spec: { ...SPEC, gpu: { count: 4, sku: 'H100' } } })],
      placements: [testPlacement()],
    });
    const [jobId] = await fireOnce(app);
    expect((await rowsOf(app, jobId)).job.row).toMatchObject({
      outcome: 'Rejected',
      reason: { code: 'no-placement' },
    });
  });

  test('that fails now holds up no other and fires at the next tick', async () => {
    const app = testApp({ configuredSchedules: [hourly({ name: 'broken' }), hourly({ name: 'sound' })] });
    await fireSchedules(app.ports);
    app.pass(3_605);
    const { schedules } = app.ports;
    const write = schedules.write.bind(schedules);
    schedules.write = (row, etag) =>
      row.name === 'broken' ? Promise.reject(new Error('the store is away')) : write(row, etag);
    expect(await fireSchedules(app.ports)).toHaveLength(1);
    schedules.write = write;
    expect(await fireSchedules(app.ports)).toHaveLength(1);
    expect(app.logged.join()).toContain('Schedule broken could not fire');
  });

  test('whose zone this machine does not know holds up no other', async () => {
    const app = scheduled();
    const definition = scheduleDefinitionSchema.parse({
      cron: '0 * * * *',
      timeZone: 'Mars/Olympus',
      spec: SPEC,
    });
    await app.ports.schedules.insert(
      scheduleRow({ name: 'from-mars', definition, incarnation: 'x', timing: '0 * * * * Mars/Olympus' }),
    );
    expect(await fireOnce(app)).toHaveLength(1);
    expect(app.logged.join()).toContain('Schedule from-mars could not fire');
  });

  test('defined by the API too fires as the API says, and the log says so', async () => {
    const app = scheduled();
    const definition = scheduleDefinitionSchema.parse({ cron: '30 * * * *', spec: SPEC });
    const row = scheduleRow({ name: 'hourly', definition, incarnation: 'x', timing: '30 * * * * UTC' });
    await app.ports.schedules.insert(row);
    expect(await fireOnce(app)).toHaveLength(0);
    expect(app.logged.join()).toContain('Schedule hourly is defined in GPU_JOBS_SCHEDULES and by the API');
    expect((await rowOf(app)).last?.fireAt).toBe(NEW_YEAR + 1_800_000);
  });

  test('costs a tick with nothing to do one read, however many there are', async () => {
    const app = testApp({ configuredSchedules: ['a', 'b', 'c', 'd'].map((name) => hourly({ name })) });
    await fireSchedules(app.ports);
    const { ports, life } = dyingPorts(app.ports, Infinity, 'after');
    await fireSchedules(ports);
    expect(life.calls).toBe(1);
  });

  test('stored by an earlier version, which knew only how far it had fired, goes on from now', async () => {
    const app = scheduled();
    await app.ports.schedules.insert(
      scheduleRowSchema.parse({ name: 'hourly', firedThrough: NEW_YEAR - 7_200_000 }),
    );
    expect(await fireSchedules(app.ports)).toEqual([]);
    app.pass(3_605);
    expect(await fireSchedules(app.ports)).toHaveLength(1);
  });

  test('that the settings name no more fires no more', async () => {
    const app = scheduled();
    await fireSchedules(app.ports);
    app.pass(3_605);
    expect(await fireSchedules({ ...app.ports, configuredSchedules: [] })).toEqual([]);
  });
});

describe('after a downtime', () => {
  test('fires that were missed by more than five minutes are logged as missed and make no job', async () => {
    const app = scheduled();
    await fireSchedules(app.ports);
    app.pass(100 * 3_600 + 301);
    expect(await fireSchedules(app.ports)).toEqual([]);
    expect((await rowOf(app)).last).toMatchObject({ action: 'missed', fireAt: NEW_YEAR + 100 * 3_600_000 });
    expect(app.logged.join()).toContain('missed its fire');
    app.pass(3_600 - 301);
    expect(await fireSchedules(app.ports)).toHaveLength(1);
  });

  test('with catchUp "one" the latest that was missed makes one job', async () => {
    const app = scheduled({ catchUp: 'one' });
    await fireSchedules(app.ports);
    app.pass(100 * 3_600 + 1_800);
    expect(await fireSchedules(app.ports)).toHaveLength(1);
    expect((await rowOf(app)).last).toMatchObject({
      action: 'submitted',
      fireAt: NEW_YEAR + 100 * 3_600_000,
    });
    expect(await fireSchedules(app.ports)).toEqual([]);
  });

  test('with catchUp "one" a fire that is due by now makes up for all that were missed', async () => {
    const app = scheduled({ catchUp: 'one' });
    await fireSchedules(app.ports);
    app.pass(100 * 3_600 + 60);
    expect(await fireSchedules(app.ports)).toHaveLength(1);
  });
});

test('what fires while a schedule is paused is passed over', async () => {
  const app = scheduled({ catchUp: 'one' });
  await fireSchedules(app.ports);
  const stored = await app.ports.schedules.read('hourly');
  await app.ports.schedules.write({ ...(await rowOf(app)), paused: true }, stored?.etag ?? '');
  app.pass(3_605);
  expect(await fireSchedules(app.ports)).toEqual([]);
});
