import { reopenedKick } from '../../../jobs/placement/kick';
import { sweep } from '../../../jobs/sweep/sweep';
import { dieEverywhere } from '../../support/app/dying-ports';
import { deletes, listed, listedWorkload, show } from '../../support/app/listed-workloads';
import { attemptIn, changeAttempt, rowsOf, testApp, withAttempt } from '../../support/app/test-app';
import { ABSENT } from '../../support/attempts';
import { testPlacement } from '../../support/placements';
import { attemptRow, cancelRow, NEW_YEAR, testJobId } from '../../support/rows';

const JOB = testJobId(1);
const NAME = `${JOB}-1`;
const HOUR_S = 3_600;
const SUCCEEDED = { kind: 'succeeded', exitCode: 0 } as const;

describe('the sweep', () => {
  test('lists first and reads each row after it: a row written meanwhile counts', async () => {
    const app = testApp();
    show(app, 16 * 60);
    app.backend.meanwhile = async (asked) => {
      if (asked.startsWith('list')) await withAttempt(app); // A create that was under way when the list was made.
    };
    await sweep(app.ports);
    expect(deletes(app)).toEqual([]);
  });

  test('lists by its own owner only, and each resource group once', async () => {
    const app = testApp({ placements: [testPlacement(), testPlacement({ name: 'westus2' })] });
    await sweep(app.ports);
    const { id } = await app.ports.owner.get();
    expect(app.backend.asked).toEqual([`list ${id}`]);
  });

  test('leaves a workload whose row can not be read, until its tags have expired', async () => {
    const app = await listed();
    app.jobs.read = () => Promise.reject(new Error('the store is away'));
    await sweep(app.ports);
    expect(deletes(app)).toEqual([]);
    app.pass(HOUR_S);
    app.backend.serverTime = app.now();
    await sweep(app.ports);
    expect(deletes(app)).toEqual([`remove ${NAME}`]);
  });

  test('deletes one without a row only when it is older than fifteen minutes', async () => {
    const app = show(testApp(), 15 * 60);
    expect(await sweep(app.ports)).toMatchObject({ deletesSent: 0, findings: [] });
    app.pass(1);
    app.backend.serverTime = app.now();
    expect(await sweep(app.ports)).toMatchObject({
      deletesSent: 1,
      findings: [{ workload: NAME, verdict: 'delete-unknown' }],
    });
  });

  test('takes an attempt that its job does not have for one without a row', async () => {
    const app = await listed({}, { afterS: 16 * 60 });
    app.backend.listed = [listedWorkload(1, { attempt: 2 })];
    await sweep(app.ports);
    expect(deletes(app)).toEqual([`remove ${JOB}-2`]);
  });

  test.each(['due', 'requested'] as const)('deletes one whose cleanup is %s', async (cleanup) => {
    const app = await listed({ cleanup, verdict: SUCCEEDED }, { afterS: 130 });
    await sweep(app.ports);
    expect(deletes(app)).toEqual([`remove ${NAME}`]);
  });

  test.each([
    [599, true],
    [600, false],
  ])(
    'tells the backend %i s after the intent whether the create may still appear: %s',
    async (afterS, may) => {
      const intent = { kind: 'set', nonce: 'n', at: NEW_YEAR } as const;
      const app = await listed({ cleanup: 'requested', verdict: SUCCEEDED, intent, seen: false }, { afterS });
      await sweep(app.ports);
      expect(app.backend.removals).toEqual([{ mayStillAppear: may }]);
    },
  );

  test('gives a delete that was sent two minutes', async () => {
    const app = await listed(
      { cleanup: 'requested', verdict: SUCCEEDED, deleteSentAt: NEW_YEAR },
      { afterS: 119 },
    );
    await sweep(app.ports);
    expect(deletes(app)).toEqual([]);
  });

  test('leaves one whose job is over but whose cleanup is not due: its logs may still be wanted', async () => {
    const app = await listed(
      { verdict: SUCCEEDED },
      { job: { state: 'over', outcome: 'Succeeded', overAt: NEW_YEAR, eventSent: true } },
    );
    await sweep(app.ports);
    expect(deletes(app)).toEqual([]);
    expect(await attemptIn(app)).toMatchObject({ cleanup: 'none' });
  });

  test('leaves a healthy one alone, however old, while its expiry is ahead', async () => {
    const app = await listed({}, { afterS: HOUR_S - 1 });
    expect(await sweep(app.ports)).toMatchObject({ findings: [], deletesSent: 0, expired: 0 });
  });
});

describe('a workload that is listed although its row says gone', () => {
  const GONE = { cleanup: 'gone', verdict: SUCCEEDED } as const;
  const OVER = { state: 'over', outcome: 'Succeeded', overAt: NEW_YEAR, eventSent: true } as const;

  test('is looked at again; still there, its cleanup is reopened, its job back in the index, the dispatcher told', async () => {
    const app = await listed(GONE, { job: OVER });
    await app.hints.removeUnfinished(JOB);
    expect(await sweep(app.ports)).toMatchObject({ reopened: 1, deletesSent: 0 });
    expect(await attemptIn(app)).toMatchObject({ cleanup: 'requested', seen: true });
    expect(await app.hints.listUnfinished()).toEqual([JOB]);
    expect(app.kicks.sent.map(({ text }) => text)).toEqual([reopenedKick('eastus', NAME)]);
    expect((await rowsOf(app)).job.row).toMatchObject(OVER);
  });

  test('stays gone when the look does not show it: lists lag', async () => {
    const app = await listed(GONE, { job: OVER });
    app.backend.looks = [ABSENT];
    expect(await sweep(app.ports)).toMatchObject({ reopened: 0 });
    expect(await attemptIn(app)).toMatchObject({ cleanup: 'gone' });
  });

  test('is left to the process that changed its row meanwhile', async () => {
    const app = await listed(GONE, { job: OVER });
    app.backend.meanwhile = (asked) =>
      asked.startsWith('observe') ? changeAttempt(app, { heartbeat: 1 }) : undefined;
    expect(await sweep(app.ports)).toMatchObject({ reopened: 0 });
    expect(await attemptIn(app)).toMatchObject({ cleanup: 'gone' });
    expect(app.kicks.sent).toEqual([]);
  });

  test('is in the index before its row says so, wherever the sweep dies', async () => {
    await dieEverywhere(
      async () => {
        const app = await listed(GONE, { job: OVER });
        await app.hints.removeUnfinished(JOB);
        return app;
      },
      (ports) => sweep(ports),
      async (app, where) => {
        if ((await attemptIn(app)).cleanup === 'requested')
          expect([where, await app.hints.listUnfinished()]).toEqual([where, [JOB]]);
      },
    );
  });
});

describe('an attempt past its expiry', () => {
  test('that nothing removes ends as TimedOut, its cleanup due, then deleted', async () => {
    const app = await listed({}, { afterS: HOUR_S });
    expect(await sweep(app.ports)).toMatchObject({ expired: 1 });
    expect(await attemptIn(app)).toMatchObject({
      verdict: { kind: 'timed-out', reason: { code: 'expired' } },
      cleanup: 'due',
    });
    expect(deletes(app)).toEqual([`remove ${NAME}`]);
  });

  test.each(['listed', 'not listed'])('is Canceled where that was asked for, %s', async (where) => {
    const app = await listed({}, { afterS: HOUR_S });
    if (where === 'not listed') app.backend.listed = [];
    await app.jobs.commit(testJobId(1), [{ kind: 'insert-cancel', row: cancelRow() }]);
    expect(await sweep(app.ports)).toMatchObject({ expired: 1 });
    expect(await attemptIn(app)).toMatchObject({ verdict: { kind: 'canceled' }, cleanup: 'due' });
  });

  test('keeps the verdict that it has', async () => {
    const app = await listed({ verdict: SUCCEEDED }, { afterS: HOUR_S });
    await sweep(app.ports);
    expect(await attemptIn(app)).toMatchObject({ verdict: SUCCEEDED, cleanup: 'due' });
  });

  test('is not deleted when its row changed meanwhile', async () => {
    const app = await listed({}, { afterS: HOUR_S });
    const read = app.jobs.read.bind(app.jobs);
    app.jobs.read = async (jobId) => {
      const records = await read(jobId);
      app.jobs.read = read;
      await changeAttempt(app, { verdict: SUCCEEDED });
      return records;
    };
    expect(await sweep(app.ports)).toMatchObject({ expired: 0 });
    expect(deletes(app)).toEqual([]);
  });

  test('expires by its own row when no list shows it, and no delete is sent', async () => {
    const app = await listed({}, { afterS: HOUR_S });
    app.backend.listed = [];
    expect(await sweep(app.ports)).toMatchObject({ expired: 1, deletesSent: 0 });
    expect(await attemptIn(app)).toMatchObject({ cleanup: 'due' });
    expect(deletes(app)).toEqual([]);
  });

  test('expires although no list can be had; then by the clock of this host', async () => {
    const app = await listed({}, { afterS: HOUR_S });
    app.backend.meanwhile = (asked) => {
      if (asked.startsWith('list')) throw new Error('no list');
    };
    expect(await sweep(app.ports)).toMatchObject({ failedLists: 1, expired: 1 });
  });

  test('expires nothing without a list where the clock may be wrong: it may be hours ahead', async () => {
    const app = await listed({}, { afterS: HOUR_S });
    app.backend.meanwhile = (asked) => {
      if (asked.startsWith('list')) throw new Error('no list');
    };
    expect(await sweep(app.ports, { clockIsKept: false })).toMatchObject({ failedLists: 1, expired: 0 });
    expect(await attemptIn(app)).toMatchObject({ cleanup: 'none' });
    expect(app.logged.join()).toContain('left to the next sweep');
  });

  test.each([
    ['listed', [listedWorkload(1)]],
    ['not listed', []],
  ])('is written down by the time of the server: %s', async (_what, workloads) => {
    const app = await listed({}, { afterS: HOUR_S });
    const expiredAt = app.now();
    app.backend.listed = workloads;
    app.pass(5 * HOUR_S); // Only this machine's clock goes ahead.
    await sweep(app.ports, { clockIsKept: false });
    expect(await attemptIn(app)).toMatchObject({ verdictAt: expiredAt, phases: { archiving: expiredAt } });
    expect((await app.ports.control.read()).lastGoodSweep).toBe(expiredAt);
  });

  test.each([
    ['listed', [listedWorkload(1)]],
    ['not listed', []],
  ])('is judged by the time of the server, not of this host: %s', async (_what, workloads) => {
    const app = await listed({}, { afterS: HOUR_S });
    app.backend.listed = workloads;
    app.backend.serverTime = app.now() - 1;
    expect(await sweep(app.ports)).toMatchObject({ expired: 0 });
  });

  test('of an earlier number expires as the current one does', async () => {
    const app = await listed({}, { afterS: HOUR_S, job: { attempt: 2 } });
    await app.jobs.commit(JOB, [{ kind: 'insert-attempt', row: attemptRow({ number: 2 }) }]);
    app.backend.listed = [];
    expect(await sweep(app.ports)).toMatchObject({ expired: 1 });
    expect(await attemptIn(app, 1)).toMatchObject({ cleanup: 'due' });
    expect(await attemptIn(app, 2)).toMatchObject({ cleanup: 'none' });
  });
});

describe('the index', () => {
  test('gets a job back that is missing there while its workload is listed and its row does not say gone', async () => {
    const app = await listed();
    await app.hints.removeUnfinished(JOB);
    await sweep(app.ports);
    expect(await app.hints.listUnfinished()).toEqual([JOB]);
    expect(app.logged.join()).toContain('was missing from the index');
  });

  test('gets none back whose row says gone', async () => {
    const app = await listed({ cleanup: 'gone', verdict: SUCCEEDED });
    await app.hints.removeUnfinished(JOB);
    app.backend.looks = [ABSENT];
    await sweep(app.ports);
    expect(await app.hints.listUnfinished()).toEqual([]);
  });
});

test('cut anywhere, a sweep leaves nothing that the next one does not set right', async () => {
  const deaths = await dieEverywhere(
    () => listed({}, { afterS: HOUR_S }),
    (ports) => sweep(ports),
    async (app, where) => {
      await sweep(app.ports);
      expect([where, await attemptIn(app)]).toMatchObject([
        where,
        { cleanup: 'due', verdict: { kind: 'timed-out' } },
      ]);
      expect([where, deletes(app).length]).not.toEqual([where, 0]);
    },
  );
  expect(deaths).toBeGreaterThanOrEqual(10);
});
