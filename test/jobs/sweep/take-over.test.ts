import { takeOverJobs } from '../../../jobs/sweep/take-over';
import { dieEverywhere } from '../../support/app/dying-ports';
import {
  attemptIn,
  changeAttempt,
  rowsOf,
  type TestApp,
  testApp,
  withAttempt,
} from '../../support/app/test-app';
import { attemptRow, NEW_YEAR, testJobId } from '../../support/rows';

const JOB = testJobId(1);
const GONE = { cleanup: 'gone', verdict: { kind: 'succeeded', exitCode: 0 } } as const;
const OVER = { state: 'over', outcome: 'Succeeded', overAt: NEW_YEAR } as const;

/** An active job with its attempt, in the index. */
async function driven(
  ...of: Parameters<typeof withAttempt> extends [TestApp, ...infer Rest] ? Rest : never
): Promise<TestApp> {
  const app = testApp();
  await withAttempt(app, ...of);
  await app.hints.addJob(JOB);
  await app.placementRows.write(
    { placement: 'eastus', holders: { [`${JOB}-1`]: { cores: 1, since: 0 } }, recentCreations: [] },
    '',
  );
  return app;
}

async function free(app: TestApp): Promise<void> {
  const { row, etag } = await app.placementRows.read('eastus');
  await app.placementRows.write({ ...row, holders: {} }, etag);
}

describe('taking over jobs that no story drives', () => {
  test.each([
    ['is absent', 'absent'],
    ['has ended with work left', 'ended'],
  ] as const)('takes over an attempt whose story %s, under the next epoch', async (_what, status) => {
    const app = await driven({ epoch: 3 });
    app.starter.standing.set(`${JOB}-1-3`, status);
    app.pass(10);
    await takeOverJobs(app.ports);
    expect(await attemptIn(app)).toMatchObject({ epoch: 4, heartbeat: app.now() });
    expect((await attemptIn(app)).nextBy).toBeGreaterThan(app.now());
    expect(app.starter.started).toEqual([`${JOB}-1-4`]);
    expect((await rowsOf(app)).cancel).toBeUndefined();
  });

  test('cancels the job of a story that a person terminated, in the same transaction', async () => {
    const app = await driven();
    app.starter.standing.set(`${JOB}-1-1`, 'terminated');
    await takeOverJobs(app.ports);
    expect((await rowsOf(app)).cancel).toMatchObject({ by: 'terminated-orchestration' });
    expect((await attemptIn(app)).epoch).toBe(2);
    expect(app.starter.started).toEqual([`${JOB}-1-2`]);
  });

  test('cancels nothing when the row has another epoch by then', async () => {
    const app = await driven();
    app.starter.standing.set(`${JOB}-1-1`, 'terminated');
    const { starter } = app;
    const status = starter.status.bind(starter);
    starter.status = async (story) => {
      const standing = await status(story);
      const [attempt] = (await rowsOf(app)).attempts; // Another sweep is faster.
      if (attempt !== undefined)
        await app.jobs.commit(JOB, [
          { kind: 'replace-attempt', row: { ...attempt.row, epoch: 2 }, etag: attempt.etag },
        ]);
      return standing;
    };
    await takeOverJobs(app.ports);
    expect((await rowsOf(app)).cancel).toBeUndefined();
    expect(starter.started).toEqual([]);
  });

  test('asks about the epoch now in the row only', async () => {
    const app = await driven({ epoch: 2, nextBy: NEW_YEAR + 60_000 });
    app.starter.standing.set(`${JOB}-1-1`, 'terminated').set(`${JOB}-1-2`, 'running');
    await takeOverJobs(app.ports);
    expect(await attemptIn(app)).toMatchObject({ epoch: 2 });
    expect((await rowsOf(app)).cancel).toBeUndefined();
  });

  test('leaves a story that runs and keeps its promise, takes over one that is silent', async () => {
    const app = await driven({ nextBy: NEW_YEAR + 60_000 });
    app.starter.standing.set(`${JOB}-1-1`, 'running');
    app.pass(60);
    await takeOverJobs(app.ports);
    expect((await attemptIn(app)).epoch).toBe(1);
    app.pass(1);
    await takeOverJobs(app.ports);
    expect((await attemptIn(app)).epoch).toBe(2);
  });

  test('takes over an attempt that is only being removed while a later one runs', async () => {
    const app = await driven({ cleanup: 'requested', verdict: GONE.verdict }, { attempt: 2 });
    await app.jobs.commit(JOB, [{ kind: 'insert-attempt', row: attemptRow({ number: 2 }) }]);
    app.starter.standing.set(`${JOB}-2-1`, 'running');
    await takeOverJobs(app.ports);
    expect(app.starter.started).toEqual([`${JOB}-1-2`]);
  });

  test('announces a job that is over and was not announced, once', async () => {
    const app = await driven(GONE, OVER);
    await takeOverJobs(app.ports);
    await takeOverJobs(app.ports);
    expect((await rowsOf(app)).job.row.eventSent).toBe(true);
    expect(app.events.sent).toHaveLength(1);
    expect(app.results.recordOf(JOB)).toMatchObject({ state: 'Succeeded' });
  });

  test('forgets a job only when it is announced, its attempts are gone and its places are free', async () => {
    const app = await driven(GONE, { ...OVER, eventSent: true });
    await takeOverJobs(app.ports);
    expect(await app.hints.listUnfinished()).toEqual([JOB]);
    await free(app);
    await takeOverJobs(app.ports);
    expect(await app.hints.listUnfinished()).toEqual([]);
  });

  test('keeps a job whose earlier attempt is still being removed', async () => {
    const app = await driven({ cleanup: 'requested' }, { ...OVER, attempt: 2, eventSent: true });
    await app.jobs.commit(JOB, [{ kind: 'insert-attempt', row: attemptRow({ number: 2, ...GONE }) }]);
    await takeOverJobs(app.ports);
    expect(await app.hints.listUnfinished()).toEqual([JOB]);
  });

  test('keeps a job whose next attempt holds a place although it never came to be', async () => {
    const app = await driven(GONE, { ...OVER, eventSent: true });
    await free(app);
    const { row, etag } = await app.placementRows.read('eastus');
    await app.placementRows.write({ ...row, holders: { [`${JOB}-2`]: { cores: 1, since: 0 } } }, etag);
    await takeOverJobs(app.ports);
    expect(await app.hints.listUnfinished()).toEqual([JOB]);
  });

  test('puts a job back whose cleanup was reopened between its reading and the removal from the index', async () => {
    const app = await driven(GONE, { ...OVER, eventSent: true });
    await free(app);
    const remove = app.hints.removeUnfinished.bind(app.hints);
    app.hints.removeUnfinished = async (jobId) => {
      await app.hints.addJob(jobId); // A sweep that saw the workload again: the index first, then the row.
      await changeAttempt(app, { cleanup: 'requested' });
      await remove(jobId);
    };
    await takeOverJobs(app.ports);
    expect(await app.hints.listUnfinished()).toEqual([JOB]);
  });

  test('puts a job back when its rows can not be read after the removal from the index', async () => {
    const app = await driven(GONE, { ...OVER, eventSent: true });
    await free(app);
    const remove = app.hints.removeUnfinished.bind(app.hints);
    app.hints.removeUnfinished = async (jobId) => {
      await remove(jobId);
      app.jobs.read = () => Promise.reject(new Error('unreadable'));
    };
    await takeOverJobs(app.ports);
    expect(await app.hints.listUnfinished()).toEqual([JOB]);
  });

  test('keeps what a submission without a row left for a day, then removes it with its secrets', async () => {
    const app = testApp();
    await app.hints.addJob(JOB);
    await app.heldSecrets.put(JOB, 'a'.repeat(64), { TOKEN: 'x' });
    app.pass(24 * 3_600);
    await takeOverJobs(app.ports);
    expect([await app.hints.listUnfinished(), app.heldSecrets.jobIds()]).toEqual([[JOB], [JOB]]);
    app.pass(1);
    await takeOverJobs(app.ports);
    expect([await app.hints.listUnfinished(), app.heldSecrets.jobIds()]).toEqual([[], []]);
  });

  test('keeps them for another day when the submission was repeated', async () => {
    const app = testApp();
    await app.hints.addJob(JOB);
    await app.heldSecrets.put(JOB, 'a'.repeat(64), { TOKEN: 'x' });
    app.pass(24 * 3_600 + 1);
    await app.hints.addJob(JOB);
    await app.heldSecrets.put(JOB, 'a'.repeat(64), { TOKEN: 'x' });
    await takeOverJobs(app.ports);
    expect([await app.hints.listUnfinished(), app.heldSecrets.jobIds()]).toEqual([[JOB], [JOB]]);
  });

  test('removes secrets that a submission which stood still held again for a job that is over, though it left the index', async () => {
    const app = testApp();
    await withAttempt(app, { ...GONE }, { ...OVER, eventSent: true });
    await app.heldSecrets.put(JOB, 'h', { A: '1' });
    await takeOverJobs(app.ports);
    expect(app.heldSecrets.jobIds()).toEqual([]);
    expect(await app.hints.listUnfinished()).toEqual([]);
  });

  test('leaves the secrets of a job that is not over', async () => {
    const app = await driven();
    app.starter.standing.set(`${JOB}-1-1`, 'running');
    await app.heldSecrets.put(JOB, 'h', { A: '1' });
    await takeOverJobs(app.ports);
    expect(app.heldSecrets.jobIds()).toEqual([JOB]);
  });

  test('looks after the jobs of the index though it can not list the jobs for which secrets are held', async () => {
    const app = await driven();
    app.starter.standing.set(`${JOB}-1-1`, 'absent');
    app.heldSecrets.listJobs = () => Promise.reject(new Error('503'));
    await takeOverJobs(app.ports);
    expect(app.starter.started).toEqual([`${JOB}-1-2`]);
    expect(app.logged).toContainEqual(expect.stringContaining('503'));
  });

  test('goes on with the other jobs when one can not be looked after', async () => {
    const app = await driven();
    await app.hints.addJob(testJobId(0));
    const read = app.jobs.read.bind(app.jobs);
    app.jobs.read = (jobId) =>
      jobId === testJobId(0) ? Promise.reject(new Error('unreadable')) : read(jobId);
    await takeOverJobs(app.ports);
    expect(app.starter.started).toEqual([`${JOB}-1-2`]);
    expect(app.logged.join()).toContain('unreadable');
  });

  test('cut anywhere, is done by a later sweep: an instance id is never started twice', async () => {
    const deaths = await dieEverywhere(
      () => driven(),
      (ports) => takeOverJobs(ports),
      async (app, where) => {
        await takeOverJobs(app.ports);
        const { epoch } = await attemptIn(app);
        expect([where, app.starter.started.at(-1)]).toEqual([where, `${JOB}-1-${epoch}`]);
        expect([where, app.starter.started.length]).toEqual([where, new Set(app.starter.started).size]);
      },
    );
    expect(deaths).toBeGreaterThanOrEqual(10);
  });
});
