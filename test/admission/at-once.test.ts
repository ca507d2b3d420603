import { workloadName } from '../../domain/job/names';
import { groupRowName, isLimitRow } from '../../domain/job/run-limit';
import { dispatch, freeAllHolders } from '../../jobs/placement/dispatch';
import { goneKick, onKick } from '../../jobs/placement/kick';
import { restoreHolder } from '../../jobs/placement/restore-holder';
import { takeOverJobs } from '../../jobs/sweep/take-over';
import { dieEverywhere } from '../support/app/dying-ports';
import { rowsOf, type TestApp, testApp } from '../support/app/test-app';
import { holders, withWaiting } from '../support/app/waiting-jobs';
import { testPlacement } from '../support/placements';
import { testJobId } from '../support/rows';

const GROUP = 'g0000000000000000001';
const ROW = groupRowName(GROUP);
const name = (n: number, attempt = 1): string => workloadName(testJobId(n), attempt);

/** Members 1 to 5 of a group of which two run at once, and a sixth job of no group; a second has passed. */
async function sixJobs(app = testApp(), plan = {}): Promise<TestApp> {
  for (let n = 1; n <= 5; n += 1)
    await withWaiting(app, n, plan, { group: { id: GROUP, index: n, atOnce: 2 } });
  await withWaiting(app, 6);
  await app.ports.groups.insert({
    groupId: GROUP,
    state: 'made',
    owner: 'owner0000000',
    specHash: 'hash',
    members: 5,
    submittedAt: 0,
    source: 'http',
    placements: ['eastus'],
    passedOver: [],
  });
  app.pass(1);
  return app;
}

async function activeIn(app: TestApp): Promise<number[]> {
  const states = await Promise.all(
    [1, 2, 3, 4, 5, 6].map(async (n) => ({ n, row: (await rowsOf(app, testJobId(n))).job.row })),
  );
  return states.filter(({ row }) => row.state === 'active').map(({ n }) => n);
}

async function makeGone(app: TestApp, n: number): Promise<void> {
  const { job, attempts } = await rowsOf(app, testJobId(n));
  const [attempt] = attempts;
  if (attempt === undefined) throw new Error(`Job ${n} was not admitted.`);
  await app.jobs.commit(testJobId(n), [
    { kind: 'replace-attempt', row: { ...attempt.row, cleanup: 'gone' }, etag: attempt.etag },
    { kind: 'replace-job', row: { ...job.row, state: 'over', eventSent: true }, etag: job.etag },
  ]);
}

describe('a group of which only so many run at once', () => {
  test('has so many admitted, in the order of its indexes, and holds up no other job', async () => {
    const app = await sixJobs();
    expect(await dispatch(app.ports)).toEqual({ admitted: 3, waiting: 3 });
    expect(await activeIn(app)).toEqual([1, 2, 6]);
    expect(await holders(app, ROW)).toEqual([name(1), name(2)]);
  });

  test('has the next admitted when one is gone: its kick does it at once', async () => {
    const app = await sixJobs();
    await dispatch(app.ports);
    await makeGone(app, 2);
    await onKick(app.ports, JSON.parse(goneKick('eastus', name(2))));
    expect(await activeIn(app)).toEqual([1, 3, 6]);
    expect(await holders(app, ROW)).toEqual([name(1), name(3)]);
  });

  test('has it admitted by the next pass too, when no kick came', async () => {
    const app = await sixJobs();
    await dispatch(app.ports);
    await makeGone(app, 1);
    await dispatch(app.ports);
    expect(await activeIn(app)).toEqual([2, 3, 6]);
  });

  test('counts a workload that is only being removed', async () => {
    const app = await sixJobs();
    await dispatch(app.ports);
    const { job, attempts } = await rowsOf(app, testJobId(1));
    const [attempt] = attempts;
    if (attempt === undefined) throw new Error('Not admitted.');
    await app.jobs.commit(testJobId(1), [
      { kind: 'replace-attempt', row: { ...attempt.row, cleanup: 'requested' }, etag: attempt.etag },
      { kind: 'replace-job', row: { ...job.row, state: 'over' }, etag: job.etag },
    ]);
    await dispatch(app.ports);
    expect(await activeIn(app)).toEqual([2, 6]);
  });

  test('keeps to its limit whatever number of dispatchers run at once', async () => {
    const app = await sixJobs();
    await Promise.all(Array.from({ length: 5 }, () => dispatch(app.ports)));
    expect(await activeIn(app)).toEqual([1, 2, 6]);
    expect(await holders(app, ROW)).toEqual([name(1), name(2)]);
  });

  test('takes no place of its own in vain where there is no room for a member', async () => {
    const limits = { workloads: 1, creates: [{ per: 300, most: 100 }] };
    const app = await sixJobs(testApp({ placements: [testPlacement({ limits })] }));
    await dispatch(app.ports);
    expect(await activeIn(app)).toEqual([1]);
    expect(await holders(app, ROW)).toEqual([name(1)]);
  });

  test('and a concurrency key of its members keeps both rules, and no two wait for each other', async () => {
    const app = await sixJobs(testApp(), { concurrencyKey: 'one' });
    await dispatch(app.ports);
    expect(await activeIn(app)).toEqual([1, 6]);
    await makeGone(app, 1);
    await dispatch(app.ports);
    expect(await activeIn(app)).toEqual([2, 6]);
  });

  test('has a name put back when its workload is there again, even over the limit', async () => {
    const app = await sixJobs();
    await dispatch(app.ports);
    await makeGone(app, 1);
    await dispatch(app.ports);
    const { attempts } = await rowsOf(app, testJobId(1));
    const [attempt] = attempts;
    if (attempt === undefined) throw new Error('Not admitted.');
    await app.jobs.commit(testJobId(1), [
      { kind: 'replace-attempt', row: { ...attempt.row, cleanup: 'requested' }, etag: attempt.etag },
    ]);
    await restoreHolder(app.ports, testJobId(1), 1);
    expect(await holders(app, ROW)).toEqual([name(1), name(2), name(3)]);
    await makeGone(app, 2);
    await dispatch(app.ports);
    expect(await activeIn(app)).toEqual([3, 6]); // Two are still there.
  });

  test('a dispatcher that dies at any call leaks no place of the group, and admits none too many', async () => {
    const deaths = await dieEverywhere(
      () => sixJobs(),
      (ports) => dispatch(ports),
      async (app) => {
        await takeOverJobs(app.ports);
        await dispatch(app.ports);
        expect((await activeIn(app)).filter((n) => n !== 6)).toHaveLength(2);
        for (const n of [1, 2, 3, 4, 5]) {
          for (const active of (await activeIn(app)).filter((one) => one <= 5)) await makeGone(app, active);
          await dispatch(app.ports);
          expect(await holders(app, ROW)).not.toHaveLength(0);
          if ((await activeIn(app)).every((one) => one === 6)) break;
          expect(n).toBeLessThan(5);
        }
        await freeAllHolders(app.ports);
        await takeOverJobs(app.ports);
        expect(await holders(app, ROW)).toEqual([]);
      },
    );
    expect(deaths).toBeGreaterThan(30);
  });
});

test("a group's row is no placement's", () => {
  expect(isLimitRow(ROW)).toBe(true);
  expect(isLimitRow('eastus')).toBe(false);
});
