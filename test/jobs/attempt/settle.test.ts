import type { AttemptRow } from '../../../domain/attempt/attempt';
import { reason } from '../../../domain/job/failure-reason';
import { waitingKey } from '../../../domain/job/names';
import { advance } from '../../../jobs/attempt/advance';
import { dieEverywhere } from '../../support/app/dying-ports';
import {
  attemptIn,
  changeAttempt,
  onCommit,
  rowsOf,
  type TestApp,
  testApp,
  withAttempt,
  withCancel,
} from '../../support/app/test-app';
import { present } from '../../support/attempts';
import { NEW_YEAR, testJobId } from '../../support/rows';

const JOB = testJobId(1);
const STORY = { jobId: JOB, attempt: 1, epoch: 1 };
const LOST = { kind: 'failed', reason: reason('lost', 'vanished') } as const;

/** Its workload is still there unless the row says otherwise. */
async function requested(attempt: Partial<AttemptRow> = {}): Promise<TestApp> {
  const app = testApp();
  app.backend.looks = [present()];
  await withAttempt(app, {
    intent: { kind: 'set', nonce: 'n', at: NEW_YEAR },
    seen: true,
    verdict: { kind: 'succeeded', exitCode: 0 },
    cleanup: 'requested',
    removalRequestedAt: NEW_YEAR,
    ...attempt,
  });
  return app;
}

const settle = (app: TestApp): Promise<unknown> => advance(app.ports, STORY);

describe('settling an attempt', () => {
  test('ends the job and announces it, although the workload is not gone', async () => {
    const app = await requested();
    expect(await settle(app)).toMatchObject({ next: 'look-again' });
    expect((await rowsOf(app)).job.row).toMatchObject({
      state: 'over',
      outcome: 'Succeeded',
      exitCode: 0,
      eventSent: true,
    });
    expect(app.events.sent).toHaveLength(1);
    expect((await attemptIn(app)).cleanup).toBe('requested');
  });

  test('changes job and attempt row in one transaction', async () => {
    const app = await requested();
    const kinds: string[][] = [];
    onCommit(app, (_n, write, changes) => {
      kinds.push(changes.map(({ kind }) => kind));
      return write();
    });
    await settle(app);
    expect(kinds[0]).toEqual(['replace-job', 'replace-attempt']);
  });

  test('starts again from its read when either row has changed meanwhile', async () => {
    const app = await requested({ verdict: LOST, cleanup: 'gone' });
    onCommit(app, async (n, write) => {
      // Between our reading and our write a read shows that the program had started.
      if (n === 1) await changeAttempt(app, { startShown: true });
      return write();
    });
    await settle(app);
    expect((await rowsOf(app)).job.row).toMatchObject({ state: 'over', outcome: 'Failed' });
  });

  test('queues the next attempt: hint before the row, and a kick for when it is due', async () => {
    const app = await requested({ verdict: LOST, cleanup: 'gone' });
    onCommit(app, async (_n, write) => {
      expect((await app.hints.listWaiting()).map(({ key }) => key)).toEqual([
        waitingKey(NEW_YEAR + 10_000, JOB, 2),
      ]);
      return write();
    });
    expect(await settle(app)).toEqual({ next: 'stop' });
    expect((await rowsOf(app)).job.row).toMatchObject({
      state: 'waiting',
      attempt: 1,
      notBefore: NEW_YEAR + 10_000,
      failedPlacements: ['eastus'],
    });
    expect(app.kicks.sent).toEqual([{ text: '{}', visibleAt: NEW_YEAR + 10_000 }]);
  });

  test('leaves a requeue that must wait to the removal', async () => {
    const app = await requested({ verdict: LOST });
    expect(await settle(app)).toMatchObject({ next: 'look-again' });
    expect((await rowsOf(app)).job.row.state).toBe('active');
  });

  test('makes a failure of infrastructure Canceled when a cancel is there', async () => {
    const app = await requested({ verdict: LOST });
    await withCancel(app);
    await settle(app);
    expect((await rowsOf(app)).job.row).toMatchObject({ state: 'over', outcome: 'Canceled' });
  });

  test('does nothing for an attempt that is not the current one, or of another epoch', async () => {
    const older = testApp();
    await withAttempt(older, { verdict: LOST, cleanup: 'gone' }, { attempt: 2 });
    expect(await settle(older)).toEqual({ next: 'stop' });
    expect((await rowsOf(older)).job.row).toMatchObject({ state: 'active', attempt: 2 });
    const other = await requested({ epoch: 2 });
    expect(await settle(other)).toEqual({ next: 'stop' });
  });

  test('done twice at once ends the job once', async () => {
    const app = await requested();
    await Promise.all([settle(app), settle(app), settle(app)]);
    expect((await rowsOf(app)).job.row).toMatchObject({ outcome: 'Succeeded', eventSent: true });
    const ids = app.events.sent.map(({ text }) => (JSON.parse(text) as { id: string }).id);
    expect(new Set(ids)).toEqual(new Set([`${JOB}-Succeeded`]));
  });

  test.each([
    ['an end', {}, 'over'],
    ['a requeue', { verdict: LOST, cleanup: 'gone' } as const, 'waiting'],
  ])('%s cut anywhere is finished by the next execution', async (_what, attempt, state) => {
    await dieEverywhere(
      () => requested(attempt),
      (ports) => advance(ports, STORY),
      async (app, where) => {
        await settle(app);
        const { job } = await rowsOf(app);
        expect([where, job.row.state]).toEqual([where, state]);
        if (state === 'over') expect([where, job.row.eventSent]).toEqual([where, true]);
        else expect([where, (await app.hints.listWaiting()).length > 0]).toEqual([where, true]);
      },
    );
  });
});
