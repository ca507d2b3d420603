import type { AttemptRow } from '../../../domain/attempt/attempt';
import { reason } from '../../../domain/job/failure-reason';
import type { Shut } from '../../../domain/placement/shut';
import { dispatch } from '../../../jobs/placement/dispatch';
import { freeHolders } from '../../../jobs/placement/free-holders';
import { dieEverywhere } from '../../support/app/dying-ports';
import { attemptIn, rowsOf, type TestApp, testApp } from '../../support/app/test-app';
import { holders, withWaiting } from '../../support/app/waiting-jobs';
import { testPlacement } from '../../support/placements';
import { NEW_YEAR, testJobId } from '../../support/rows';

const MINUTE = 60_000;

async function shutAt(
  app: TestApp,
  over: Partial<Shut> = {},
  placement = 'eastus',
  sku = 'V100',
): Promise<void> {
  const { row, etag } = await app.placementRows.read(placement);
  const shut = { since: NEW_YEAR, why: 'capacity', refusals: 1, until: NEW_YEAR + MINUTE, ...over } as const;
  await app.placementRows.write({ ...row, shut: { ...row.shut, [sku]: shut } }, etag);
}

async function shutOf(app: TestApp, placement = 'eastus'): Promise<Shut | undefined> {
  return (await app.placementRows.read(placement)).row.shut?.['V100'];
}

async function admitted(app: TestApp): Promise<string[]> {
  const all = await Promise.all(app.jobs.jobIds().map((jobId) => rowsOf(app, jobId)));
  return all.filter(({ job }) => job.row.state === 'active').map(({ job }) => job.row.jobId);
}

async function endAttempt(app: TestApp, jobId: string, change: Partial<AttemptRow>): Promise<void> {
  const attempt = (await rowsOf(app, jobId)).attempts.at(-1);
  if (attempt === undefined) throw new Error(`${jobId} has no attempt.`);
  const row = { ...attempt.row, cleanup: 'gone', ...change } as const;
  await app.jobs.commit(jobId, [{ kind: 'replace-attempt', row, etag: attempt.etag }]);
}

describe('the dispatcher, where a SKU could not be had', () => {
  test('admits no job to it until its time has come, and is woken then', async () => {
    const app = testApp();
    await withWaiting(app, 1);
    await shutAt(app);
    app.pass(59);
    expect(await dispatch(app.ports)).toMatchObject({ admitted: 0, waiting: 1 });
    expect(app.kicks.sent.map(({ text }) => text)).toEqual([JSON.stringify({ due: NEW_YEAR + MINUTE })]);
    app.pass(1);
    expect(await dispatch(app.ports)).toMatchObject({ admitted: 1 });
  });

  test('lets one try, the oldest, however many jobs and dispatchers there are', async () => {
    const app = testApp();
    for (const n of [4, 2, 3, 1]) await withWaiting(app, n);
    await shutAt(app);
    app.pass(60);
    await Promise.all(Array.from({ length: 5 }, () => dispatch(app.ports)));
    expect(await admitted(app)).toEqual([testJobId(1)]);
    expect(await shutOf(app)).toMatchObject({ probe: `${testJobId(1)}-1` });
    expect(await attemptIn(app)).toMatchObject({ probe: true, gpu: { count: 1, sku: 'V100' } });
    app.pass(86_000);
    expect(await dispatch(app.ports)).toMatchObject({ admitted: 0, waiting: 3 });
  });

  test('lets others pass: a job that wants no GPU, one that may go elsewhere, one that takes any SKU', async () => {
    const gpus = [
      { sku: 'V100', counts: [1] },
      { sku: 'P100', counts: [1] },
    ];
    const app = testApp({ placements: [testPlacement({ gpus }), testPlacement({ name: 'westus2' })] });
    await withWaiting(app, 1);
    await withWaiting(app, 2, { gpu: undefined });
    await withWaiting(app, 3, { placements: ['eastus', 'westus2'] });
    await withWaiting(app, 4, { gpu: { count: 1 } });
    await shutAt(app);
    app.pass(1);
    await dispatch(app.ports);
    expect(await admitted(app)).toEqual([2, 3, 4].map(testJobId));
    expect(await attemptIn(app, 1, testJobId(3))).toMatchObject({ placement: 'westus2' });
    expect(await attemptIn(app, 1, testJobId(4))).toMatchObject({
      placement: 'eastus',
      gpu: { sku: 'P100' },
    });
  });

  test('lets the next one try when the first has failed for a cause of its own', async () => {
    const app = testApp();
    for (const n of [1, 2]) await withWaiting(app, n);
    await shutAt(app);
    app.pass(60);
    await dispatch(app.ports);
    await endAttempt(app, testJobId(1), {
      verdict: { kind: 'failed', reason: reason('image-not-found', 'no such image') },
    });
    await dispatch(app.ports);
    expect(await holders(app)).toEqual([`${testJobId(2)}-1`]);
    expect(await shutOf(app)).toMatchObject({ refusals: 1, probe: `${testJobId(2)}-1` });
  });

  test('writes down that the one that tried was refused in the write that frees its place', async () => {
    const app = testApp();
    for (const n of [1, 2]) await withWaiting(app, n);
    await shutAt(app);
    app.pass(60);
    await dispatch(app.ports);
    await endAttempt(app, testJobId(1), { verdict: { kind: 'failed', reason: reason('capacity', 'none') } });
    let writes = 0;
    const write = app.placementRows.write.bind(app.placementRows);
    app.placementRows.write = (row, etag) => {
      writes += 1;
      return write(row, etag);
    };
    expect(await freeHolders(app.ports, 'eastus')).toBe(1);
    expect(writes).toBe(1);
    expect(await shutOf(app)).toEqual({
      since: NEW_YEAR,
      why: 'capacity',
      refusals: 2,
      until: NEW_YEAR + 3 * MINUTE,
    });
    expect(await dispatch(app.ports)).toMatchObject({ admitted: 0 });
  });

  test('opens it when the place of a job that got it is free, if no process came to say so before', async () => {
    const app = testApp();
    for (const n of [1, 2, 3]) await withWaiting(app, n);
    await shutAt(app);
    app.pass(60);
    await dispatch(app.ports);
    await endAttempt(app, testJobId(1), { verdict: { kind: 'succeeded', exitCode: 0 } });
    await dispatch(app.ports);
    expect(await shutOf(app)).toBeUndefined();
    expect(await admitted(app)).toEqual([1, 2, 3].map(testJobId));
  });

  test('dies after any step: the job whose name was put in is still the one that tries, with that SKU', async () => {
    await dieEverywhere(
      async () => {
        const app = testApp();
        for (const n of [1, 2]) await withWaiting(app, n, { gpu: { count: 1 } });
        await shutAt(app);
        app.pass(60);
        return app;
      },
      (ports) => dispatch(ports),
      async (app) => {
        await dispatch(app.ports);
        expect(await admitted(app)).toEqual([testJobId(1)]);
        expect(await attemptIn(app)).toMatchObject({ probe: true, gpu: { sku: 'V100' } });
        expect(await shutOf(app)).toMatchObject({ probe: `${testJobId(1)}-1` });
      },
    );
  });
});
