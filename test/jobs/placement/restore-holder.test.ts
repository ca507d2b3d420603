import type { AttemptRow } from '../../../domain/attempt/attempt';
import { restoreHolder } from '../../../jobs/placement/restore-holder';
import { changeAttempt, type TestApp, testApp, withAttempt } from '../../support/app/test-app';
import { holders } from '../../support/app/waiting-jobs';
import { testPlacement } from '../../support/placements';
import { testJobId } from '../../support/rows';

const JOB = testJobId(1);
const NAME = `${JOB}-1`;
const VERDICT = { kind: 'succeeded', exitCode: 0 } as const;

/** An attempt whose cleanup was reopened after its place had been freed. */
async function reopened(over: Partial<AttemptRow> = {}, app = testApp()): Promise<TestApp> {
  await withAttempt(app, { cleanup: 'requested', verdict: VERDICT, ...over });
  return app;
}

describe('a reopened cleanup', () => {
  test('puts its name back into its placement, with the cores and the memory that the job has', async () => {
    const app = await reopened();
    expect(await restoreHolder(app.ports, JOB, 1)).toBe(true);
    expect((await app.placementRows.read('eastus')).row.holders).toEqual({
      [NAME]: { cores: 1, memoryGb: 1.5, gpus: 1, since: app.now() },
    });
  });

  test('puts it back over the limit too', async () => {
    const limits = {
      workloads: 1,
      creates: [
        { per: 300, most: 100 },
        { per: 3600, most: 300 },
      ],
    };
    const app = await reopened({}, testApp({ placements: [testPlacement({ limits })] }));
    const other = `${testJobId(2)}-1`;
    await app.placementRows.write(
      { placement: 'eastus', holders: { [other]: { cores: 1, since: 0 } }, recentCreations: [] },
      '',
    );
    await restoreHolder(app.ports, JOB, 1);
    expect(await holders(app)).toEqual([NAME, other]);
  });

  test('uses up no creation', async () => {
    const app = await reopened();
    await restoreHolder(app.ports, JOB, 1);
    expect((await app.placementRows.read('eastus')).row.recentCreations).toEqual([]);
  });

  test('whose name is still there changes nothing', async () => {
    const app = await reopened();
    await restoreHolder(app.ports, JOB, 1);
    const before = await app.placementRows.read('eastus');
    expect(await restoreHolder(app.ports, JOB, 1)).toBe(false);
    expect(await app.placementRows.read('eastus')).toEqual(before);
  });

  test('that is gone again by then puts nothing back: the attempt is read after the placement', async () => {
    const app = await reopened();
    const read = app.placementRows.read.bind(app.placementRows);
    app.placementRows.read = async (placement) => {
      const row = await read(placement);
      await changeAttempt(app, { cleanup: 'gone' });
      return row;
    };
    expect(await restoreHolder(app.ports, JOB, 1)).toBe(false);
    expect(await holders(app)).toEqual([]);
  });

  test('begins again when another process changed the placement meanwhile', async () => {
    const app = await reopened();
    const other = `${testJobId(2)}-1`;
    const read = app.placementRows.read.bind(app.placementRows);
    let reads = 0;
    app.placementRows.read = async (placement) => {
      const versioned = await read(placement);
      reads += 1;
      if (reads === 1)
        await app.placementRows.write(
          { ...versioned.row, holders: { [other]: { cores: 1, since: 0 } } },
          versioned.etag,
        );
      return versioned;
    };
    expect(await restoreHolder(app.ports, JOB, 1)).toBe(true);
    expect(await holders(app)).toEqual([NAME, other]);
  });

  test.each([
    ['a job', testJobId(2), 1],
    ['an attempt', JOB, 2],
  ])('of %s that is not there puts nothing back', async (_what, jobId, attempt) => {
    const app = await reopened();
    expect(await restoreHolder(app.ports, jobId, attempt)).toBe(false);
    expect(await holders(app)).toEqual([]);
  });
});
