import { cancel } from '../../../jobs/job/cancel';
import { dispatch } from '../../../jobs/placement/dispatch';
import { dieEverywhere } from '../../support/app/dying-ports';
import { rowsOf, type TestApp, testApp, withAttempt } from '../../support/app/test-app';
import { withWaiting } from '../../support/app/waiting-jobs';
import { NEW_YEAR, testJobId } from '../../support/rows';

const JOB = testJobId(1);

describe('a cancel', () => {
  test('of an unknown job says so and stores nothing', async () => {
    const app = testApp();
    expect(await cancel(app.ports, JOB)).toBe('no-such-job');
    expect(app.jobs.jobIds()).toEqual([]);
  });

  test('of a job that waits ends it at once and announces it', async () => {
    const app = testApp();
    await withWaiting(app, 1);
    expect(await cancel(app.ports, JOB)).toBe('canceled');
    const { job, cancel: entity } = await rowsOf(app);
    expect(job.row).toMatchObject({
      state: 'over',
      outcome: 'Canceled',
      reason: { code: 'canceled' },
      eventSent: true,
    });
    expect(entity).toEqual({ jobId: JOB, at: app.now(), by: 'person' });
    expect(app.events.sent).toHaveLength(1);
  });

  test('of an active job stands in the store and wakes the story of the epoch now in the row', async () => {
    const app = testApp();
    await withAttempt(app, { epoch: 3 });
    expect(await cancel(app.ports, JOB)).toBe('requested');
    expect((await rowsOf(app)).cancel).toBeDefined();
    expect((await rowsOf(app)).job.row.state).toBe('active');
    expect(app.starter.woken).toEqual([`${JOB}-1-3`]);
  });

  test('stands although the wake event fails', async () => {
    const app = testApp();
    await withAttempt(app);
    app.starter.unreachable = true;
    expect(await cancel(app.ports, JOB)).toBe('requested');
    expect((await rowsOf(app)).cancel).toBeDefined();
    expect(app.logged.join()).toContain('will see its cancel at its next look');
  });

  test('of a job that is over changes nothing of it', async () => {
    const app = testApp();
    await withAttempt(app, {}, { state: 'over', outcome: 'Succeeded', overAt: NEW_YEAR, eventSent: true });
    const before = (await rowsOf(app)).job;
    expect(await cancel(app.ports, JOB)).toBe('over-already');
    expect((await rowsOf(app)).job).toEqual(before);
    expect(app.events.sent).toEqual([]);
  });

  test('may be repeated: the first one stands', async () => {
    const app = testApp();
    await withAttempt(app);
    await cancel(app.ports, JOB);
    const first = (await rowsOf(app)).cancel;
    app.pass(5);
    expect(await cancel(app.ports, JOB)).toBe('requested');
    expect((await rowsOf(app)).cancel).toEqual(first);
  });

  test('that races an admission either ends the job or is there for its story', async () => {
    const app = testApp();
    await withWaiting(app, 1);
    app.pass(1);
    await Promise.all([dispatch(app.ports), cancel(app.ports, JOB)]);
    const { job, cancel: entity } = await rowsOf(app);
    expect(entity).toBeDefined();
    expect(job.row.state === 'active' || job.row.outcome === 'Canceled').toBe(true);
  });

  test('cut anywhere and repeated ends a job that waits, announced once it is over', async () => {
    const deaths = await dieEverywhere(
      async (): Promise<TestApp> => {
        const app = testApp();
        await withWaiting(app, 1);
        return app;
      },
      (ports) => cancel(ports, JOB),
      async (app, where) => {
        await cancel(app.ports, JOB);
        expect([where, (await rowsOf(app)).job.row.outcome]).toEqual([where, 'Canceled']);
      },
    );
    expect(deaths).toBeGreaterThanOrEqual(12);
  });
});
