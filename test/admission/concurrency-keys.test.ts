import { keyRowName } from '../../domain/job/concurrency-key';
import { workloadName } from '../../domain/job/names';
import { dispatch } from '../../jobs/placement/dispatch';
import { goneKick, onKick } from '../../jobs/placement/kick';
import { restoreHolder } from '../../jobs/placement/restore-holder';
import { takeOverJobs } from '../../jobs/sweep/take-over';
import { dieEverywhere } from '../support/app/dying-ports';
import { attemptIn, rowsOf, type TestApp, testApp, withCancel } from '../support/app/test-app';
import { holders, withWaiting } from '../support/app/waiting-jobs';
import { testPlacement } from '../support/placements';
import { testJobId } from '../support/rows';

const KEY = 'tenant/7: nightly';
const ROW = keyRowName(KEY);
const KEYED = { concurrencyKey: KEY };
const name = (n: number, attempt = 1): string => workloadName(testJobId(n), attempt);

async function stateOf(app: TestApp, n: number): Promise<string> {
  return (await rowsOf(app, testJobId(n))).job.row.state;
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

/** Two jobs of one key and a third without, submitted in this order; a second has passed. */
async function threeJobs(app = testApp()): Promise<TestApp> {
  await withWaiting(app, 1, KEYED);
  await withWaiting(app, 2, KEYED);
  await withWaiting(app, 3);
  app.pass(1);
  return app;
}

describe('a concurrency key', () => {
  test('lets one workload live, and holds up no job without it', async () => {
    const app = await threeJobs();
    expect(await dispatch(app.ports)).toEqual({ admitted: 2, waiting: 1 });
    expect([await stateOf(app, 1), await stateOf(app, 2), await stateOf(app, 3)]).toEqual([
      'active',
      'waiting',
      'active',
    ]);
    expect(await holders(app, ROW)).toEqual([name(1)]);
    expect(await holders(app)).toEqual([name(1), name(3)]);
  });

  test('takes no place from others while it is taken: a job that waits for it reserves none', async () => {
    const limits = {
      workloads: 2,
      creates: [
        { per: 300, most: 100 },
        { per: 3600, most: 300 },
      ],
    };
    const app = await threeJobs(testApp({ placements: [testPlacement({ limits })] }));
    await dispatch(app.ports);
    expect(await holders(app)).toEqual([name(1), name(3)]);
  });

  test('is not taken by a job for which there is no room: another of the key may go elsewhere', async () => {
    const limits = {
      workloads: 1,
      creates: [
        { per: 300, most: 100 },
        { per: 3600, most: 300 },
      ],
    };
    const app = testApp({
      placements: [testPlacement({ limits }), testPlacement({ name: 'westus2', limits })],
    });
    await withWaiting(app, 1, { placements: ['eastus'] });
    await withWaiting(app, 2, { ...KEYED, placements: ['eastus'] });
    await withWaiting(app, 3, { ...KEYED, placements: ['westus2'] });
    app.pass(1);
    await dispatch(app.ports);
    expect(await holders(app, ROW)).toEqual([name(3)]);
    expect(await stateOf(app, 2)).toBe('waiting');
  });

  test('is free again when the workload is gone: its kick admits the next at once', async () => {
    const app = await threeJobs();
    await dispatch(app.ports);
    await makeGone(app, 1);
    await onKick(app.ports, JSON.parse(goneKick('eastus', name(1))));
    expect(await holders(app, ROW)).toEqual([name(2)]);
    expect(await stateOf(app, 2)).toBe('active');
  });

  test('stays taken while the workload is only being removed, the job over or not', async () => {
    const app = await threeJobs();
    await dispatch(app.ports);
    const { job, attempts } = await rowsOf(app, testJobId(1));
    const [attempt] = attempts;
    if (attempt === undefined) throw new Error('Not admitted.');
    await app.jobs.commit(testJobId(1), [
      { kind: 'replace-attempt', row: { ...attempt.row, cleanup: 'requested' }, etag: attempt.etag },
      { kind: 'replace-job', row: { ...job.row, state: 'over' }, etag: job.etag },
    ]);
    await dispatch(app.ports);
    expect(await stateOf(app, 2)).toBe('waiting');
  });

  test('is freed by the minute tick too, when no kick came and no job waits', async () => {
    const app = testApp();
    await withWaiting(app, 1, KEYED);
    app.pass(1);
    await dispatch(app.ports);
    await makeGone(app, 1);
    await dispatch(app.ports); // This frees the place.
    const { row, etag } = await app.placementRows.read('eastus');
    await app.placementRows.write({ ...row, holders: {} }, etag);
    await takeOverJobs(app.ports);
    expect(await holders(app, ROW)).toEqual([]);
    expect(await app.hints.listUnfinished()).toEqual([]);
  });

  test('is given back by a job that is canceled before it was admitted', async () => {
    const app = await threeJobs();
    // The process of an admission died between taking the key and taking the place.
    await app.placementRows.write(
      { placement: ROW, holders: { [name(1)]: { cores: 0, since: 0 } }, recentCreations: [] },
      '',
    );
    await withCancel(app);
    await dispatch(app.ports);
    expect(await stateOf(app, 1)).toBe('over');
    expect(await holders(app, ROW)).toEqual([name(2)]);
  });

  test('is left to the process that finishes an admission which died half way: no other job takes it over', async () => {
    const app = testApp({ placements: [testPlacement({ name: 'westus2' })] });
    await withWaiting(app, 1, { ...KEYED, placements: ['eastus'] }); // Its placement is not configured now.
    await withWaiting(app, 2, { ...KEYED, placements: ['westus2'] });
    await app.placementRows.write(
      { placement: ROW, holders: { [name(1)]: { cores: 0, since: 0 } }, recentCreations: [] },
      '',
    );
    app.pass(1);
    await dispatch(app.ports);
    expect(await holders(app, ROW)).toEqual([name(1)]);
    expect(await stateOf(app, 2)).toBe('waiting');
  });

  test('holds its workload again when that reappears, whatever name holds it by then', async () => {
    const app = await threeJobs();
    await dispatch(app.ports);
    await makeGone(app, 1);
    await onKick(app.ports, JSON.parse(goneKick('eastus', name(1))));
    const [attempt] = (await rowsOf(app, testJobId(1))).attempts;
    if (attempt === undefined) throw new Error('Not admitted.');
    await app.jobs.commit(testJobId(1), [
      { kind: 'replace-attempt', row: { ...attempt.row, cleanup: 'requested' }, etag: attempt.etag },
    ]);
    expect(await restoreHolder(app.ports, testJobId(1), 1)).toBe(true);
    expect(await holders(app, ROW)).toEqual([name(1), name(2)]);
    expect(await holders(app)).toContain(name(1));
  });

  test('is restored even when the place was never freed', async () => {
    const app = testApp();
    await withWaiting(app, 1, KEYED);
    app.pass(1);
    await dispatch(app.ports);
    const { row, etag } = await app.placementRows.read(ROW);
    await app.placementRows.write({ ...row, holders: {} }, etag);
    app.starter.standing.set(`${name(1)}-1`, 'running');
    await takeOverJobs(app.ports);
    expect(await holders(app, ROW)).toEqual([name(1)]);
  });

  test('is kept by several dispatchers at once', async () => {
    const app = testApp();
    for (const n of [1, 2, 3, 4, 5, 6]) await withWaiting(app, n, KEYED);
    app.pass(1);
    await Promise.all(Array.from({ length: 6 }, () => dispatch(app.ports)));
    const active = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => stateOf(app, n)));
    expect(active).toEqual(['active', 'waiting', 'waiting', 'waiting', 'waiting', 'waiting']);
    expect(await holders(app, ROW)).toEqual([name(1)]);
    expect(await holders(app)).toEqual([name(1)]);
  });

  test('two keys do not affect each other, and no placement can have the name of one', () => {
    expect(keyRowName('a')).not.toBe(keyRowName('b'));
    expect(keyRowName('ünïcödé / # ?')).toMatch(/^key\.[0-9a-f]{32}$/);
  });

  test('wherever a dispatcher dies, the next admits one job and the key holds its name', async () => {
    const deaths = await dieEverywhere(
      () => threeJobs(),
      (ports) => dispatch(ports),
      async (app, where) => {
        await Promise.all([dispatch(app.ports), dispatch(app.ports)]);
        const states = [await stateOf(app, 1), await stateOf(app, 2), await stateOf(app, 3)];
        expect([where, ...states]).toEqual([where, 'active', 'waiting', 'active']);
        expect([where, await holders(app, ROW)]).toEqual([where, [name(1)]]);
        expect([where, (await attemptIn(app)).number]).toEqual([where, 1]);
      },
    );
    expect(deaths).toBeGreaterThan(20);
  });

  test('however the handling of a kick dies, the next finds the key free or taken by the next job, never by two', async () => {
    const kick: unknown = JSON.parse(goneKick('eastus', name(1)));
    await dieEverywhere(
      async () => {
        const app = await threeJobs();
        await dispatch(app.ports);
        await makeGone(app, 1);
        return app;
      },
      (ports) => onKick(ports, kick),
      async (app, where) => {
        await onKick(app.ports, kick);
        expect([where, await stateOf(app, 2)]).toEqual([where, 'active']);
        expect([where, await holders(app, ROW)]).toEqual([where, [name(2)]]);
      },
    );
  });
});
