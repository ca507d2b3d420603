import type { ScheduleRow } from '../../../domain/ports/schedule-store';
import { scheduleSchema } from '../../../domain/schedule/schedule';
import { goneKick, onKick } from '../../../jobs/placement/kick';
import { fireSchedules, fireWaiting } from '../../../jobs/schedule/fire-schedules';
import { dieEverywhere } from '../../support/app/dying-ports';
import { rowsOf, type TestApp, testApp } from '../../support/app/test-app';
import { attemptRow } from '../../support/rows';

type OverlapPolicy = 'allow' | 'skip' | 'replace';

/** An app whose hourly schedule has made its first job, which is under way with a workload. */
async function firstUnderWay(overlap: OverlapPolicy): Promise<{ app: TestApp; first: string }> {
  const schedule = scheduleSchema.parse({
    name: 'hourly',
    cron: '0 * * * *',
    spec: { image: 'example/program:1' },
    overlap,
  });
  const app = testApp({ configuredSchedules: [schedule] });
  await fireSchedules(app.ports);
  app.pass(3_605);
  const [first] = await fireSchedules(app.ports);
  if (first === undefined) throw new Error('The schedule made no job.');
  await changeJob(app, first, 'active');
  await app.jobs.commit(first, [
    { kind: 'insert-attempt', row: attemptRow({ jobId: first, cleanup: 'none' }) },
  ]);
  app.pass(3_600);
  return { app, first };
}

async function changeJob(app: TestApp, jobId: string, state: 'active' | 'over'): Promise<void> {
  const { job } = await rowsOf(app, jobId);
  const over = state === 'over' ? ({ outcome: 'Canceled', overAt: app.now() } as const) : {};
  await app.jobs.commit(jobId, [
    { kind: 'replace-job', row: { ...job.row, state, attempt: 1, ...over }, etag: job.etag },
  ]);
}

async function goneNow(app: TestApp, jobId: string): Promise<void> {
  const [attempt] = (await rowsOf(app, jobId)).attempts;
  if (attempt === undefined) throw new Error(`Job ${jobId} has no attempt.`);
  await app.jobs.commit(jobId, [
    { kind: 'replace-attempt', row: { ...attempt.row, cleanup: 'gone' }, etag: attempt.etag },
  ]);
}

async function rowOf(app: TestApp): Promise<ScheduleRow> {
  const stored = await app.ports.schedules.read('hourly');
  if (stored === undefined) throw new Error('There is no schedule.');
  return stored.row;
}

test('under "allow" a fire makes its job whatever became of the one before', async () => {
  const { app, first } = await firstUnderWay('allow');
  const [second] = await fireSchedules(app.ports);
  expect((await rowOf(app)).jobs).toEqual([first, second]);
  expect((await rowsOf(app, first)).cancel).toBeUndefined();
});

describe('under "skip"', () => {
  test('a fire is skipped while the job before it is not over, and while its workload is not gone', async () => {
    const { app, first } = await firstUnderWay('skip');
    expect(await fireSchedules(app.ports)).toEqual([]);
    expect((await rowOf(app)).last).toMatchObject({
      action: 'skipped',
      fireAt: app.now() - 5_000,
      detail: `Job ${first} of an earlier fire is not over and gone.`,
    });
    await changeJob(app, first, 'over');
    app.pass(3_600);
    expect(await fireSchedules(app.ports)).toEqual([]);
    await goneNow(app, first);
    app.pass(60);
    expect(await fireSchedules(app.ports)).toEqual([]); // A skipped fire does not come back.
    app.pass(3_540);
    expect(await fireSchedules(app.ports)).toHaveLength(1);
    expect(app.jobs.jobIds()).toHaveLength(2);
  });

  test('a job that waits for its place stands against the next fire as well', async () => {
    const schedule = scheduleSchema.parse({
      name: 'h',
      cron: '0 * * * *',
      spec: { image: 'a' },
      overlap: 'skip',
    });
    const app = testApp({ configuredSchedules: [schedule] });
    await fireSchedules(app.ports);
    app.pass(3_605);
    expect(await fireSchedules(app.ports)).toHaveLength(1);
    app.pass(3_600);
    expect(await fireSchedules(app.ports)).toEqual([]);
  });

  test('what one tick has decided another does not decide otherwise', async () => {
    const { app, first } = await firstUnderWay('skip');
    await changeJob(app, first, 'over');
    const reads = [fireSchedules(app.ports), goneNow(app, first).then(() => fireSchedules(app.ports))];
    await Promise.all(reads);
    const { last, jobs } = await rowOf(app);
    const made = app.jobs.jobIds().length - 1;
    expect([last?.action, made]).toEqual(made === 1 ? ['submitted', 1] : ['skipped', 0]);
    if (made === 1) expect(jobs).toContain(last?.jobId);
  });
});

describe('under "replace"', () => {
  test('a fire cancels the job before it and becomes a job when its workload is gone, not before', async () => {
    const { app, first } = await firstUnderWay('replace');
    expect(await fireSchedules(app.ports)).toEqual([]);
    expect((await rowsOf(app, first)).cancel).toMatchObject({ by: 'schedule' });
    expect((await rowOf(app)).pending).toMatchObject({ fireAt: app.now() - 5_000 });
    await changeJob(app, first, 'over');
    app.pass(60);
    expect(await fireSchedules(app.ports)).toEqual([]);
    await goneNow(app, first);
    app.pass(60);
    const [second] = await fireSchedules(app.ports);
    expect(await rowOf(app)).toMatchObject({ jobs: [second], last: { action: 'submitted', jobId: second } });
    expect((await rowOf(app)).pending).toBeUndefined();
    expect(await fireSchedules(app.ports)).toEqual([]);
    expect(app.jobs.jobIds()).toHaveLength(2);
  });

  test('it becomes a job at once when the kick tells that the workload is gone', async () => {
    const { app, first } = await firstUnderWay('replace');
    await fireSchedules(app.ports);
    await fireWaiting(app.ports, 'hourly');
    expect(app.jobs.jobIds()).toEqual([first]);
    await changeJob(app, first, 'over');
    await goneNow(app, first);
    await onKick(app.ports, JSON.parse(goneKick('eastus', `${first}-1`, 'hourly')));
    expect(app.jobs.jobIds()).toHaveLength(2);
    await fireWaiting(app.ports, 'hourly');
    await fireWaiting(app.ports, 'no-such-schedule');
    expect(app.jobs.jobIds()).toHaveLength(2);
  });

  test('a job that still waits for its place is canceled and replaced in one tick', async () => {
    const schedule = scheduleSchema.parse({
      name: 'h',
      cron: '0 * * * *',
      spec: { image: 'a' },
      overlap: 'replace',
    });
    const app = testApp({ configuredSchedules: [schedule] });
    await fireSchedules(app.ports);
    app.pass(3_605);
    const [first] = await fireSchedules(app.ports);
    app.pass(3_600);
    expect(await fireSchedules(app.ports)).toHaveLength(1);
    expect((await rowsOf(app, first)).job.row).toMatchObject({ state: 'over', outcome: 'Canceled' });
  });

  test('of two fires that wait the later one stays', async () => {
    const { app, first } = await firstUnderWay('replace');
    await fireSchedules(app.ports);
    const waited = (await rowOf(app)).pending?.fireAt;
    app.pass(3_600);
    await fireSchedules(app.ports);
    expect(await rowOf(app)).toMatchObject({
      pending: { fireAt: app.now() - 5_000 },
      last: { action: 'skipped', fireAt: waited },
    });
    await changeJob(app, first, 'over');
    await goneNow(app, first);
    await fireSchedules(app.ports);
    expect(app.jobs.jobIds()).toHaveLength(2);
  });

  test('cut anywhere, one job is canceled and one takes its place', async () => {
    const deaths = await dieEverywhere(
      async () => {
        const { app, first } = await firstUnderWay('replace');
        const { ports } = app;
        const endsAtOnce = ports.starter.wake.bind(ports.starter);
        ports.starter.wake = async (story) => {
          await endsAtOnce(story);
          if ((await rowsOf(app, first)).job.row.state === 'over') return;
          await changeJob(app, first, 'over');
          await goneNow(app, first);
        };
        return { ...app, first };
      },
      (ports) => fireSchedules(ports),
      async (app, where) => {
        app.pass(60);
        await fireSchedules(app.ports);
        if ((await rowsOf(app, app.first)).job.row.state !== 'over') {
          await changeJob(app, app.first, 'over'); // The wake was lost. The story sees the cancel at its next look.
          await goneNow(app, app.first);
        }
        app.pass(60);
        await fireSchedules(app.ports);
        expect([where, app.jobs.jobIds().length]).toEqual([where, 2]);
        expect([where, (await rowOf(app)).last?.action]).toEqual([where, 'submitted']);
      },
    );
    expect(deaths).toBeGreaterThanOrEqual(20);
  });
});
