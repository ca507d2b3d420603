import { cancelMany } from '../../../jobs/job/cancel-many';
import { rowsOf, type TestApp, testApp } from '../../support/app/test-app';
import { withWaiting } from '../../support/app/waiting-jobs';
import { NEW_YEAR, testJobId } from '../../support/rows';

const A = testJobId(1);
const B = testJobId(2);
const C = testJobId(3);

/** Job 1 of team a, job 2 of team b, job 3 of team a and nightly. */
async function threeJobs(): Promise<TestApp> {
  const app = testApp();
  await withWaiting(app, 1, {}, { labels: { team: 'a' } });
  await withWaiting(app, 2, {}, { labels: { team: 'b' } });
  await withWaiting(app, 3, {}, { labels: { team: 'a', run: 'nightly' } });
  return app;
}

async function states(app: TestApp): Promise<string[]> {
  return Promise.all([A, B, C].map(async (jobId) => (await rowsOf(app, jobId)).job.row.state));
}

describe('canceling many jobs', () => {
  test('without labels takes every job that is not over', async () => {
    const app = await threeJobs();
    expect(await cancelMany(app.ports, { labels: {} })).toEqual([A, B, C]);
    expect(await states(app)).toEqual(['over', 'over', 'over']);
  });

  test('by a label takes those that bear it', async () => {
    const app = await threeJobs();
    expect(await cancelMany(app.ports, { labels: { team: 'a' } })).toEqual([A, C]);
    expect(await states(app)).toEqual(['over', 'waiting', 'over']);
  });

  test('by several labels takes those that bear all of them', async () => {
    const app = await threeJobs();
    expect(await cancelMany(app.ports, { labels: { team: 'a', run: 'nightly' } })).toEqual([C]);
  });

  test('leaves what is over as it is, and does not count it', async () => {
    const app = await threeJobs();
    const { job } = await rowsOf(app, B);
    const over = { ...job.row, state: 'over', outcome: 'Succeeded', overAt: NEW_YEAR } as const;
    await app.jobs.commit(B, [{ kind: 'replace-job', row: over, etag: job.etag }]);
    expect(await cancelMany(app.ports, { labels: {} })).toEqual([A, C]);
    expect((await rowsOf(app, B)).job.row.outcome).toBe('Succeeded');
  });

  test('passes over an entry of the index whose job never came', async () => {
    const app = await threeJobs();
    await app.hints.addJob(testJobId(0));
    expect(await cancelMany(app.ports, { labels: { team: 'b' } })).toEqual([B]);
  });

  test('may be repeated: it does not cancel again what it has canceled', async () => {
    const app = await threeJobs();
    await cancelMany(app.ports, { labels: {} });
    expect(await cancelMany(app.ports, { labels: {} })).toEqual([]);
    expect(app.events.sent).toHaveLength(3);
  });
});
