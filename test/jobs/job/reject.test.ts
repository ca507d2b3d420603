import { reason } from '../../../domain/job/failure-reason';
import { announce } from '../../../jobs/job/announce';
import { reject } from '../../../jobs/job/reject';
import { dieEverywhere } from '../../support/app/dying-ports';
import { rowsOf, type TestApp, testApp, withAttempt } from '../../support/app/test-app';
import { NEW_YEAR, testJobId } from '../../support/rows';

const REJECTION = {
  key: 'message 1',
  bytes: Buffer.from('{"imag":"x"}'),
  reason: reason('invalid-spec', '/imag is not a known field'),
  source: 'queue',
} as const;

describe('a message that can not become a job', () => {
  test('is kept, as a Rejected job with its reason, and announced', async () => {
    const app = testApp();
    const jobId = await reject(app.ports, REJECTION);
    const { job } = await rowsOf(app, jobId);
    expect(job.row).toMatchObject({
      state: 'over',
      outcome: 'Rejected',
      reason: REJECTION.reason,
      eventSent: true,
      attempt: 0,
    });
    expect(app.rejected.bytesOf(jobId)).toEqual(REJECTION.bytes);
    expect(app.results.recordOf(jobId)).toMatchObject({ state: 'Rejected' });
    expect(app.events.sent).toHaveLength(1);
    expect(await app.hints.listUnfinished()).toEqual([jobId]);
  });

  test('delivered twice is one job and one event', async () => {
    const app = testApp();
    const jobId = await reject(app.ports, REJECTION);
    app.pass(30);
    expect(await reject(app.ports, REJECTION)).toBe(jobId);
    expect(app.jobs.jobIds()).toEqual([jobId]);
    expect(app.events.sent).toHaveLength(1);
  });

  test('cut anywhere and delivered again is one job, its bytes kept, announced', async () => {
    const deaths = await dieEverywhere(
      () => testApp(),
      (ports) => reject(ports, REJECTION),
      async (app, where) => {
        const jobId = await reject(app.ports, REJECTION);
        expect([where, (await rowsOf(app, jobId)).job.row.eventSent]).toEqual([where, true]);
        expect([where, app.rejected.bytesOf(jobId)]).toEqual([where, REJECTION.bytes]);
        expect([where, app.jobs.jobIds().length]).toEqual([where, 1]);
      },
    );
    expect(deaths).toBeGreaterThanOrEqual(14);
  });
});

describe('announcing', () => {
  const OVER = { state: 'over', outcome: 'Succeeded', overAt: NEW_YEAR } as const;
  const JOB = testJobId(1);

  async function overApp(): Promise<TestApp> {
    const app = testApp();
    await withAttempt(app, {}, OVER);
    await app.heldSecrets.put(JOB, 'hash', { TOKEN: 'x' });
    return app;
  }

  test('writes the record and the event, gives up the held secrets, then marks the row; not again after that', async () => {
    const app = await overApp();
    await announce(app.ports, JOB);
    await announce(app.ports, JOB);
    expect(app.results.recordOf(JOB)).toMatchObject({ id: JOB, state: 'Succeeded' });
    expect(app.events.sent.map(({ text }) => (JSON.parse(text) as { id: string }).id)).toEqual([
      `${JOB}-Succeeded`,
    ]);
    expect(app.heldSecrets.jobIds()).toEqual([]);
    expect((await rowsOf(app)).job.row.eventSent).toBe(true);
  });

  test('says nothing of a job that is not over, or not there', async () => {
    const app = testApp();
    await withAttempt(app);
    await announce(app.ports, JOB);
    await announce(app.ports, testJobId(2));
    expect(app.events.sent).toEqual([]);
  });

  test('cut anywhere and repeated sends at least one event, all with the same id, and never marks before', async () => {
    await dieEverywhere(
      overApp,
      (ports) => announce(ports, JOB),
      async (app, where) => {
        if ((await rowsOf(app)).job.row.eventSent)
          expect([where, app.events.sent.length]).toEqual([where, 1]);
        await announce(app.ports, JOB);
        const ids = app.events.sent.map(({ text }) => (JSON.parse(text) as { id: string }).id);
        expect([where, new Set(ids)]).toEqual([where, new Set([`${JOB}-Succeeded`])]);
        expect([where, app.results.recordOf(JOB) !== undefined]).toEqual([where, true]);
      },
    );
  });
});
