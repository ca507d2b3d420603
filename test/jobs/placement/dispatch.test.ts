import { dispatch } from '../../../jobs/placement/dispatch';
import { dieEverywhere } from '../../support/app/dying-ports';
import { attemptIn, rowsOf, type TestApp, testApp, withCancel } from '../../support/app/test-app';
import { holders, withWaiting } from '../../support/app/waiting-jobs';
import { testPlacement } from '../../support/placements';
import { NEW_YEAR, testJobId } from '../../support/rows';

const ONE_PLACE = {
  workloads: 1,
  creates: [
    { per: 300, most: 100 },
    { per: 3600, most: 300 },
  ],
};

function appWithTwoPlacements(): TestApp {
  return testApp({
    placements: [testPlacement({ limits: ONE_PLACE }), testPlacement({ name: 'westus2', limits: ONE_PLACE })],
  });
}

async function states(app: TestApp): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const jobId of app.jobs.jobIds()) {
    const { job, attempts } = await rowsOf(app, jobId);
    const placement = attempts.find(({ row }) => row.number === job.row.attempt)?.row.placement ?? '-';
    found[String(Number(jobId.slice(1)))] = `${job.row.state} ${placement}`;
  }
  return found;
}

describe('the dispatcher', () => {
  test('admits a waiting job: place, rows, orchestration, and the hint is gone', async () => {
    const app = testApp();
    const jobId = await withWaiting(app, 1);
    app.pass(1);
    expect(await dispatch(app.ports)).toEqual({ admitted: 1, waiting: 0 });
    expect((await rowsOf(app)).job.row).toMatchObject({ state: 'active', attempt: 1 });
    expect(await attemptIn(app)).toMatchObject({
      epoch: 1,
      placement: 'eastus',
      intent: { kind: 'none' },
      cleanup: 'none',
    });
    expect(await holders(app)).toEqual([`${jobId}-1`]);
    expect(app.starter.started).toEqual([`${jobId}-1-1`]);
    expect(await app.hints.listWaiting()).toEqual([]);
  });

  test('admits the oldest first while there is room', async () => {
    const app = testApp({ placements: [testPlacement({ limits: { ...ONE_PLACE, workloads: 2 } })] });
    for (const n of [3, 1, 2]) await withWaiting(app, n);
    app.pass(1);
    expect(await dispatch(app.ports)).toEqual({ admitted: 2, waiting: 1 });
    expect(await states(app)).toEqual({ 1: 'active eastus', 2: 'active eastus', 3: 'waiting -' });
  });

  test('tries placements in the order of the spec; one without room holds up only jobs that can go nowhere else', async () => {
    const app = appWithTwoPlacements();
    await withWaiting(app, 1, { placements: ['eastus'] });
    await withWaiting(app, 2, { placements: ['eastus'] });
    await withWaiting(app, 3, { placements: ['eastus', 'westus2'] });
    app.pass(1);
    await dispatch(app.ports);
    expect(await states(app)).toEqual({ 1: 'active eastus', 2: 'waiting -', 3: 'active westus2' });
  });

  test('lets no smaller job slip past one that waits for the same placement', async () => {
    const app = testApp({
      placements: [testPlacement({ limits: { ...ONE_PLACE, workloads: 9, cores: 4 } })],
    });
    await withWaiting(app, 1, { resources: { cpu: 2, memoryGb: 1 } });
    await withWaiting(app, 2, { resources: { cpu: 4, memoryGb: 1 } });
    await withWaiting(app, 3, { resources: { cpu: 2, memoryGb: 1 } });
    app.pass(1);
    await dispatch(app.ports);
    expect(await states(app)).toEqual({ 1: 'active eastus', 2: 'waiting -', 3: 'waiting -' });
  });

  test('uses a place at once whose holder is gone', async () => {
    const app = testApp({ placements: [testPlacement({ limits: ONE_PLACE })] });
    await withWaiting(app, 1);
    await withWaiting(app, 2);
    app.pass(1);
    await dispatch(app.ports);
    const [attempt] = (await rowsOf(app)).attempts;
    if (attempt === undefined) throw new Error('not admitted');
    await app.jobs.commit(testJobId(1), [
      { kind: 'replace-attempt', row: { ...attempt.row, cleanup: 'gone' }, etag: attempt.etag },
    ]);
    expect(await dispatch(app.ports)).toEqual({ admitted: 1, waiting: 0 });
    expect(await holders(app)).toEqual([`${testJobId(2)}-1`]);
  });

  test('leaves a job whose time has not come', async () => {
    const app = testApp();
    await withWaiting(app, 1, {}, { notBefore: NEW_YEAR + 30_000, attempt: 1 });
    app.pass(29);
    expect(await dispatch(app.ports)).toEqual({ admitted: 0, waiting: 1 });
    app.pass(1);
    expect(await dispatch(app.ports)).toEqual({ admitted: 1, waiting: 0 });
    expect(app.starter.started).toEqual([`${testJobId(1)}-2-1`]);
  });

  test('ends a canceled job that waits, and announces it', async () => {
    const app = testApp();
    const jobId = await withWaiting(app, 1);
    await withCancel(app);
    await dispatch(app.ports);
    expect((await rowsOf(app)).job.row).toMatchObject({
      state: 'over',
      outcome: 'Canceled',
      eventSent: true,
    });
    expect(app.results.recordOf(jobId)).toMatchObject({ state: 'Canceled' });
    expect(await app.hints.listWaiting()).toEqual([]);
    expect(app.starter.started).toEqual([]);
  });

  test.each([
    ['from its submission', {}, 86_400],
    ['from notBefore after a requeue', { attempt: 1, notBefore: NEW_YEAR + 600_000 }, 87_000],
  ])('ends a job that waits past its queued deadline, counted %s', async (_what, over, afterS) => {
    const app = testApp({
      placements: [testPlacement({ limits: { ...ONE_PLACE, creates: [{ per: 3600, most: 1 }] } })],
    });
    await app.placementRows.write(
      {
        placement: 'eastus',
        holders: { [`${testJobId(9)}-1`]: { cores: 1, since: 0 } },
        recentCreations: [],
      },
      '',
    );
    await withWaiting(app, 1, {}, over);
    app.pass(afterS - 1);
    expect(await dispatch(app.ports)).toMatchObject({ waiting: 1 });
    app.pass(2);
    await dispatch(app.ports);
    expect((await rowsOf(app)).job.row).toMatchObject({
      outcome: 'TimedOut',
      reason: { code: 'queued-deadline' },
    });
  });

  test('drops a hint whose job has reached that attempt or is over, keeps one whose job is not there yet', async () => {
    const app = testApp();
    await withWaiting(app, 1);
    app.pass(1);
    await dispatch(app.ports);
    const hint = { jobId: testJobId(1), writtenAt: NEW_YEAR };
    await app.hints.addWaiting({ ...hint, key: 'b', attempt: 1 });
    await app.hints.addWaiting({ ...hint, key: 'c', attempt: 2 });
    expect(await dispatch(app.ports)).toEqual({ admitted: 0, waiting: 1 });
    expect((await app.hints.listWaiting()).map(({ key }) => key)).toEqual(['c']);
  });

  test('keeps a hint without job for a day, for its submission may be repeated', async () => {
    const app = testApp();
    await app.hints.addWaiting({ key: 'a', jobId: testJobId(5), attempt: 1, writtenAt: NEW_YEAR });
    app.pass(86_400);
    expect(await dispatch(app.ports)).toEqual({ admitted: 0, waiting: 1 });
    app.pass(1);
    expect(await dispatch(app.ports)).toEqual({ admitted: 0, waiting: 0 });
    expect(await app.hints.listWaiting()).toEqual([]);
  });

  test('may run several times at once: one admission, one attempt, one place, the limit kept', async () => {
    const app = appWithTwoPlacements();
    for (const n of [1, 2, 3, 4]) await withWaiting(app, n, { placements: ['eastus', 'westus2'] });
    app.pass(1);
    await Promise.all(Array.from({ length: 5 }, () => dispatch(app.ports)));
    expect(Object.values(await states(app)).toSorted()).toEqual([
      'active eastus',
      'active westus2',
      'waiting -',
      'waiting -',
    ]);
    expect(await holders(app)).toHaveLength(1);
    expect(await holders(app, 'westus2')).toHaveLength(1);
    for (const n of [1, 2, 3, 4])
      expect((await rowsOf(app, testJobId(n))).attempts.length).toBeLessThanOrEqual(1);
  });

  test('goes on with an admission whose name is in a placement already, room or not', async () => {
    const app = appWithTwoPlacements();
    const jobId = await withWaiting(app, 1, { placements: ['eastus', 'westus2'] });
    await app.placementRows.write(
      { placement: 'westus2', holders: { [`${jobId}-1`]: { cores: 1, since: 0 } }, recentCreations: [] },
      '',
    );
    app.pass(1);
    await dispatch(app.ports);
    expect(await attemptIn(app)).toMatchObject({ placement: 'westus2' });
    expect(await holders(app)).toEqual([]);
  });

  test('lets one job that fails hold up no other', async () => {
    const app = testApp();
    await withWaiting(app, 1);
    await withWaiting(app, 2);
    app.pass(1);
    const jobs = Object.assign(Object.create(app.jobs) as typeof app.jobs, {
      read: (jobId: string) =>
        jobId === testJobId(1) ? Promise.reject(new Error('unreadable')) : app.jobs.read(jobId),
      commit: app.jobs.commit.bind(app.jobs),
    });
    expect(await dispatch({ ...app.ports, jobs })).toEqual({ admitted: 1, waiting: 1 });
    expect(app.logged.join()).toContain('unreadable');
  });

  test('cut anywhere, is finished by the next: one attempt, one place; only the start may be left to the sweep', async () => {
    const deaths = await dieEverywhere(
      async () => {
        const app = testApp();
        await withWaiting(app, 1);
        app.pass(1);
        return app;
      },
      (ports) => dispatch(ports),
      async (app, where) => {
        await dispatch(app.ports);
        const { job, attempts } = await rowsOf(app);
        expect([where, job.row.state, attempts.length]).toEqual([where, 'active', 1]);
        expect([where, await holders(app)]).toEqual([where, [`${testJobId(1)}-1`]]);
        expect([where, await app.hints.listWaiting()]).toEqual([where, []]);
        expect(app.starter.started.length).toBeLessThanOrEqual(1);
      },
    );
    expect(deaths).toBeGreaterThanOrEqual(12);
  });
});
