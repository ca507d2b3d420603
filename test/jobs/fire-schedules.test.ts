import { scheduleSchema } from '../../domain/schedule';
import { fireSchedules } from '../../jobs/fire-schedules';
import { dieEverywhere } from '../support/app/dying-ports';
import { rowsOf, type TestApp, testApp } from '../support/app/test-app';
import { testPlacement } from '../support/placements';

const SPEC = { image: 'example/program:1' };

/** An app with one schedule that fires every hour. */
function scheduled(over: object = {}): TestApp {
  const schedule = scheduleSchema.parse({ name: 'hourly', cron: '0 * * * *', spec: SPEC, ...over });
  return testApp({ configuredSchedules: [schedule] });
}

/** Ticks once when the schedule is stored, then once past its next fire. */
async function fireOnce(app: TestApp): Promise<readonly string[]> {
  await fireSchedules(app.ports);
  app.pass(3_605);
  return fireSchedules(app.ports);
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
    app.pass(60);
    expect(await fireSchedules(app.ports)).toEqual([]);
  });

  test('has fires before it was first seen when it says from when', async () => {
    const app = scheduled({ from: '2025-12-31T23:00:00Z' });
    expect(await fireSchedules(app.ports)).toHaveLength(1);
  });

  test('makes one job when several ticks see the same fire at once', async () => {
    const app = scheduled();
    await fireSchedules(app.ports);
    app.pass(3_605);
    const fired = await Promise.all(Array.from({ length: 5 }, () => fireSchedules(app.ports)));
    expect(new Set(fired.flat()).size).toBe(1);
    expect(app.jobs.jobIds()).toHaveLength(1);
  });

  test('makes one job after a downtime, not one for each missed fire', async () => {
    const app = scheduled();
    await fireSchedules(app.ports);
    app.pass(100 * 3_600);
    expect(await fireSchedules(app.ports)).toHaveLength(1);
    expect(await fireSchedules(app.ports)).toHaveLength(0);
  });

  test('cut between job and row, makes the same job at the next tick', async () => {
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
        expect([where, (await app.ports.schedules.read('hourly'))?.row.firedThrough]).toEqual([
          where,
          app.now() - 65_000,
        ]);
      },
    );
    expect(deaths).toBeGreaterThanOrEqual(12);
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
    expect(JSON.stringify([job.row, app.results.recordOf(jobId ?? ''), app.logged])).not.toContain(
      'open sesame',
    );
    expect(await fireSchedules(app.ports)).toEqual([]);
  });

  test('whose job no placement can hold makes a Rejected job', async () => {
    const schedule = scheduleSchema.parse({
      name: 'big',
      cron: '0 * * * *',
      spec: { ...SPEC, gpu: { count: 4, sku: 'H100' } },
    });
    const app = testApp({ configuredSchedules: [schedule], placements: [testPlacement()] });
    const [jobId] = await fireOnce(app);
    expect((await rowsOf(app, jobId)).job.row).toMatchObject({
      outcome: 'Rejected',
      reason: { code: 'no-placement' },
    });
  });

  test('that fails now holds up no other and fires at the next tick', async () => {
    const broken = scheduleSchema.parse({ name: 'broken', cron: '0 * * * *', spec: SPEC });
    const sound = scheduleSchema.parse({ name: 'sound', cron: '0 * * * *', spec: SPEC });
    const app = testApp({ configuredSchedules: [broken, sound] });
    await fireSchedules(app.ports);
    app.pass(3_605);
    const { schedules } = app.ports;
    const read = schedules.read.bind(schedules);
    schedules.read = (name) =>
      name === 'broken' ? Promise.reject(new Error('the store is away')) : read(name);
    expect(await fireSchedules(app.ports)).toHaveLength(1);
    schedules.read = read;
    expect(await fireSchedules(app.ports)).toHaveLength(1);
    expect(app.logged.join()).toContain('Schedule broken could not fire');
  });
});
