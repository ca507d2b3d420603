import { dispatch } from '../../jobs/placement/dispatch';
import { onKick } from '../../jobs/placement/kick';
import { sharePause } from '../../jobs/placement/share-pause';
import { attemptIn, rowsOf, type TestApp, testApp } from '../support/app/test-app';
import { holders, withWaiting } from '../support/app/waiting-jobs';
import { testPlacement } from '../support/placements';
import { NEW_YEAR, testJobId } from '../support/rows';

const MINUTE = 60_000;

function appWithLimits(limits: Partial<ReturnType<typeof testPlacement>['limits']>): TestApp {
  return testApp({
    placements: [
      testPlacement({
        limits: {
          workloads: 100,
          creates: [
            { per: 300, most: 100 },
            { per: 3600, most: 300 },
          ],
          ...limits,
        },
      }),
    ],
  });
}

async function row(app: TestApp) {
  return (await app.placementRows.read('eastus')).row;
}

/** The kicks that were sent, and for each the second from the start at which it may be read. */
function sent(app: TestApp): { text: string; atS: number }[] {
  return app.kicks.sent.map(({ text, visibleAt }) => ({ text, atS: (visibleAt - NEW_YEAR) / 1000 }));
}

describe('a placement that was told to wait', () => {
  test('is given nothing until then, and a kick wakes the dispatcher for it', async () => {
    const app = testApp();
    await withWaiting(app, 1);
    app.pass(1);
    app.ports.pace.onPace('eastus', { kind: 'create', throttled: true, retryAfterMs: MINUTE });
    await sharePause(app.ports, 'eastus');
    expect(await dispatch(app.ports)).toEqual({ admitted: 0, waiting: 1 });
    const due = NEW_YEAR + 1_000 + MINUTE;
    // The kick comes a little early and waits out the rest, because queues count in whole seconds.
    expect(sent(app)).toEqual([{ text: JSON.stringify({ due }), atS: 59 }]);
    app.pass(58);
    await onKick(app.ports, { due });
    expect(app.now()).toBe(due);
    expect(await holders(app)).toEqual([`${testJobId(1)}-1`]);
  });

  test('holds up no job that may go elsewhere', async () => {
    const app = testApp({ placements: [testPlacement(), testPlacement({ name: 'westus2' })] });
    await withWaiting(app, 1, { placements: ['eastus', 'westus2'] });
    app.pass(1);
    app.ports.pace.onPace('eastus', { kind: 'create', throttled: true, retryAfterMs: MINUTE });
    await sharePause(app.ports, 'eastus');
    await dispatch(app.ports);
    expect((await attemptIn(app)).placement).toBe('westus2');
  });

  test('keeps the later of two pauses, whichever process writes it', async () => {
    const app = testApp();
    app.ports.pace.onPace('eastus', { kind: 'create', throttled: true, retryAfterMs: MINUTE });
    await sharePause(app.ports, 'eastus');
    const other = testApp({ placementRows: app.placementRows });
    other.ports.pace.onPace('eastus', { kind: 'delete', throttled: true, retryAfterMs: 1_000 });
    await sharePause(other.ports, 'eastus');
    expect((await row(app)).pausedUntil).toBe(NEW_YEAR + MINUTE);
  });

  test('is paused for "none left" only when its own count says that some should be', async () => {
    const app = appWithLimits({ creates: [{ per: 300, most: 1 }] });
    app.ports.pace.onPace('eastus', { kind: 'create', throttled: false, remaining: 0 });
    const { row: before, etag } = await app.placementRows.read('eastus');
    await app.placementRows.write({ ...before, recentCreations: [app.now()] }, etag);
    await sharePause(app.ports, 'eastus');
    expect((await row(app)).pausedUntil).toBeUndefined(); // The window says when: no sooner and no later.
    app.pass(20);
    await app.placementRows.write(
      { ...before, recentCreations: [] },
      (await app.placementRows.read('eastus')).etag,
    );
    await sharePause(app.ports, 'eastus');
    expect((await row(app)).pausedUntil).toBe(NEW_YEAR + 30_000); // Other deployments have used it up.
  });

  test('that could not be written is logged and fails nothing', async () => {
    const app = testApp();
    app.ports.pace.onPace('eastus', { kind: 'create', throttled: true, retryAfterMs: MINUTE });
    app.placementRows.read = () => Promise.reject(new Error('the store is away'));
    await sharePause(app.ports, 'eastus');
    expect(app.logged.join()).toContain('the store is away');
  });
});

describe('a window of creations that is used up', () => {
  test('wakes the dispatcher when it slides on, with one kick, however many look', async () => {
    const app = appWithLimits({ creates: [{ per: 300, most: 1 }] });
    for (const n of [1, 2, 3]) await withWaiting(app, n);
    app.pass(1);
    for (let look = 0; look < 3; look += 1) {
      await dispatch(app.ports, 'chances');
      app.pass(1);
    }
    // Admitted at second 1; five minutes and the second that a create may be late.
    const due = NEW_YEAR + (1 + 300 + 1) * 1000;
    expect(sent(app)).toEqual([{ text: JSON.stringify({ due }), atS: 300 }]);
    app.pass(300 - 4);
    await onKick(app.ports, { due });
    expect((await rowsOf(app, testJobId(2))).job.row.state).toBe('active');
    expect(sent(app)).toHaveLength(2); // The third job has its turn in another five minutes.
  });

  test('that slides on while the pass is under way wakes the dispatcher at once', async () => {
    const app = appWithLimits({ creates: [{ per: 300, most: 1 }] });
    for (const n of [1, 2, 3]) await withWaiting(app, n);
    app.pass(1);
    await dispatch(app.ports);
    app.pass(300.9);
    const read = app.jobs.read.bind(app.jobs);
    app.jobs.read = (jobId) => {
      if (jobId === testJobId(3)) app.pass(0.5); // By then the second job waits for that time.
      return read(jobId);
    };
    await dispatch(app.ports);
    const due = NEW_YEAR + (1 + 300 + 1) * 1000;
    expect(app.now()).toBeGreaterThan(due);
    expect(app.kicks.sent.at(-1)).toMatchObject({ text: JSON.stringify({ due }), visibleAt: app.now() });
    await onKick(app.ports, { due });
    expect((await rowsOf(app, testJobId(2))).job.row.state).toBe('active');
  });

  test('wakes no dispatcher when places are missing: a workload that is gone does that', async () => {
    const app = appWithLimits({ workloads: 1, creates: [{ per: 300, most: 1 }] });
    for (const n of [1, 2]) await withWaiting(app, n);
    app.pass(1);
    await dispatch(app.ports);
    expect(sent(app)).toEqual([]);
  });

  test('whose kick can not be sent fails no admission', async () => {
    const app = appWithLimits({ creates: [{ per: 300, most: 1 }] });
    for (const n of [1, 2]) await withWaiting(app, n);
    app.pass(1);
    app.kicks.send = () => Promise.reject(new Error('no queue'));
    expect(await dispatch(app.ports)).toEqual({ admitted: 1, waiting: 1 });
    expect(app.logged.join()).toContain('no queue');
  });
});
