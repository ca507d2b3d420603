import { queuedUntil, waitingHint } from '../../domain/job/waiting-hint';
import { inTurn } from '../../jobs/flow/in-turn';
import { dispatch } from '../../jobs/placement/dispatch';
import type { Ports } from '../../jobs/ports';
import { attemptIn, rowsOf, type TestApp, testApp, withCancel } from '../support/app/test-app';
import { holders } from '../support/app/waiting-jobs';
import { testPlacement } from '../support/placements';
import { jobRow, NEW_YEAR, testJobId } from '../support/rows';

const LIMITS = {
  workloads: 2,
  creates: [
    { per: 300, most: 100 },
    { per: 3600, most: 300 },
  ],
};

/** Jobs that wait with today's hints. `counted` tells how often rows were read. */
async function waiting(
  app: TestApp,
  jobs: number,
): Promise<{ ports: TestApp['ports']; reads: () => string }> {
  for (let n = 1; n <= jobs; n += 1) {
    const row = jobRow({ jobId: testJobId(n), submittedAt: NEW_YEAR + n, notBefore: NEW_YEAR + n });
    await app.hints.addWaiting(waitingHint(row, NEW_YEAR));
    await app.jobs.insert(row);
  }
  app.pass(10);
  const counts = { jobs: 0, placements: 0 };
  const jobsPort: Ports['jobs'] = {
    insert: (row) => app.jobs.insert(row),
    read: (jobId) => {
      counts.jobs += 1;
      return app.jobs.read(jobId);
    },
    commit: (jobId, changes) => app.jobs.commit(jobId, changes),
  };
  const placementRows: Ports['placementRows'] = {
    read: (name) => {
      counts.placements += 1;
      return app.placementRows.read(name);
    },
    write: (row, etag) => app.placementRows.write(row, etag),
  };
  return {
    ports: { ...app.ports, jobs: jobsPort, placementRows },
    reads: () => `${counts.jobs} jobs, ${counts.placements} placements`,
  };
}

describe('a pass that only looks for chances', () => {
  test('reads the placements once, and of 500 jobs those that it admits', async () => {
    const app = testApp({ placements: [testPlacement({ limits: LIMITS })] });
    const { ports, reads } = await waiting(app, 500);
    expect(await dispatch(ports, 'chances')).toEqual({ admitted: 2, waiting: 498 });
    // The second admission finds the row changed by the first.
    expect(reads()).toBe('2 jobs, 2 placements');
  });

  test('reads nothing of a job whose time has not come', async () => {
    const app = testApp();
    const row = jobRow({ notBefore: NEW_YEAR + 60_000 });
    await app.hints.addWaiting(waitingHint(row, NEW_YEAR));
    app.placementRows.read = () => Promise.reject(new Error('read'));
    app.jobs.read = () => Promise.reject(new Error('read'));
    expect(await dispatch(app.ports, 'chances')).toEqual({ admitted: 0, waiting: 1 });
    expect(app.logged).toEqual([]);
  });

  test('goes on with an admission that died, full or not', async () => {
    const app = testApp({ placements: [testPlacement({ limits: { ...LIMITS, workloads: 1 } })] });
    const { ports } = await waiting(app, 2);
    await app.placementRows.write(
      {
        placement: 'eastus',
        holders: { [`${testJobId(2)}-1`]: { cores: 1, since: 0 } },
        recentCreations: [],
      },
      '',
    );
    await dispatch(ports, 'chances');
    expect((await attemptIn(app, 1, testJobId(2))).placement).toBe('eastus');
    expect((await rowsOf(app)).job.row.state).toBe('waiting');
  });

  test('ends a job whose queued deadline has passed, full or not', async () => {
    const app = testApp({ placements: [testPlacement({ limits: { ...LIMITS, workloads: 1 } })] });
    const { ports } = await waiting(app, 2);
    await dispatch(ports, 'chances');
    app.pass(86_400);
    await dispatch(ports, 'chances');
    expect((await rowsOf(app, testJobId(2))).job.row).toMatchObject({ outcome: 'TimedOut' });
  });

  test('leaves a cancel that no process finished to the minute tick', async () => {
    const app = testApp({ placements: [testPlacement({ limits: { ...LIMITS, workloads: 1 } })] });
    const { ports } = await waiting(app, 2);
    await dispatch(ports, 'chances');
    await withCancel(app, testJobId(2));
    await dispatch(ports, 'chances');
    expect((await rowsOf(app, testJobId(2))).job.row.state).toBe('waiting');
    await dispatch(ports);
    expect((await rowsOf(app, testJobId(2))).job.row).toMatchObject({ outcome: 'Canceled' });
  });

  test('admits nothing to a placement whose row can not be read, and says so', async () => {
    const app = testApp({ placements: [testPlacement(), testPlacement({ name: 'westus2' })] });
    const { ports } = await waiting(app, 1);
    const read = app.placementRows.read.bind(app.placementRows);
    app.placementRows.read = (name) =>
      name === 'eastus' ? Promise.reject(new Error('unreadable')) : read(name);
    expect(await dispatch(ports, 'chances')).toEqual({ admitted: 0, waiting: 1 });
    expect(app.logged.join()).toContain('Nothing is admitted to eastus');
  });
});

describe('what an admission took for nothing', () => {
  test('goes back at once: the place and its create', async () => {
    const app = testApp();
    const { ports } = await waiting(app, 1);
    // The job is canceled between its place and its activation.
    const placementRows: Ports['placementRows'] = {
      read: (name) => app.placementRows.read(name),
      write: async (row, etag) => {
        const written = await app.placementRows.write(row, etag);
        const { job } = await rowsOf(app);
        await app.jobs.commit(testJobId(1), [
          { kind: 'replace-job', row: { ...job.row, state: 'over', eventSent: true }, etag: job.etag },
        ]);
        return written;
      },
    };
    expect(await dispatch({ ...ports, placementRows })).toEqual({ admitted: 0, waiting: 0 });
    expect(await holders(app)).toEqual([]);
    expect((await app.placementRows.read('eastus')).row.recentCreations).toEqual([]);
  });
});

describe('a waiting hint', () => {
  test('says where the job may go, which GPU it asks for, what it must not meet and until when it waits', () => {
    const plan = { ...jobRow().plan, placements: ['b', 'a'], concurrencyKey: 'k' } as NonNullable<
      ReturnType<typeof jobRow>['plan']
    >;
    const row = jobRow({ plan, attempt: 2 });
    expect(waitingHint(row, 5)).toEqual({
      key: `0${NEW_YEAR}-${row.jobId}-3`,
      jobId: row.jobId,
      attempt: 3,
      writtenAt: 5,
      wants: {
        placements: ['b', 'a'],
        gpu: { count: 1, sku: 'V100' },
        concurrencyKey: 'k',
        until: queuedUntil(row),
      },
    });
  });
});

describe('work in turn', () => {
  test('begins in order, each item when the one before lets it, with a fixed number under way at once', async () => {
    const told: string[] = [];
    const ends = new Map<number, () => void>();
    const all = inTurn(2, [1, 2, 3], async (item, passOn) => {
      told.push(`begins ${item}`);
      passOn();
      await new Promise<void>((resolve) => ends.set(item, resolve));
      told.push(`ends ${item}`);
      return item * 10;
    });
    const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    await settle();
    expect(told).toEqual(['begins 1', 'begins 2']);
    ends.get(2)?.();
    await settle();
    ends.get(3)?.();
    ends.get(1)?.();
    expect(await all).toEqual([10, 20, 30]);
    expect(told).toEqual(['begins 1', 'begins 2', 'ends 2', 'begins 3', 'ends 3', 'ends 1']);
  });
});
