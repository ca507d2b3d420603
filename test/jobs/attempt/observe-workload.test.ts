import { reason } from '../../../domain/job/failure-reason';
import { CONTAINER_NAME } from '../../../domain/ports/compute-backend';
import { advance } from '../../../jobs/attempt/advance';
import { readLogs } from '../../../jobs/logs/read-logs';
import {
  attemptIn,
  changeAttempt,
  onCommit,
  type TestApp,
  testApp,
  withAttempt,
  withCancel,
} from '../../support/app/test-app';
import { ABSENT, present, UNREADABLE } from '../../support/attempts';
import { NEW_YEAR, testJobId } from '../../support/rows';

const JOB = testJobId(1);
const STORY = { jobId: JOB, attempt: 1, epoch: 1 };
const INTENT = { intent: { kind: 'set', nonce: 'n', at: NEW_YEAR } } as const;

async function created(over: Parameters<typeof withAttempt>[1] = {}): Promise<TestApp> {
  const app = testApp();
  await withAttempt(app, { ...INTENT, ...over });
  return app;
}

function observe(app: TestApp): Promise<unknown> {
  return advance(app.ports, STORY);
}

async function archived(app: TestApp): Promise<string> {
  const ref = { jobId: JOB, attempt: 1, container: CONTAINER_NAME };
  return (await readLogs(app.ports.logArchive, ref, { from: 0, maxBytes: 1_000 })).bytes.toString();
}

function text(log: string): { kind: 'window'; bytes: Buffer; whole: true } {
  return { kind: 'window', bytes: Buffer.from(log), whole: true };
}

describe('observing a workload', () => {
  test('writes what a look shows and says when to look again', async () => {
    const app = await created();
    app.backend.looks = [present({ phase: 'pulling', started: 'no' })];
    expect(await observe(app)).toEqual({ next: 'look-again', afterMs: 2_000 });
    expect(await attemptIn(app)).toMatchObject({ seen: true, phase: 'pulling' });
    expect(app.backend.count('create')).toBe(0);
  });

  test('looks again at once while the platform has more of the log than one step has time for', async () => {
    const app = await created({ seen: true, startShown: true, phase: 'running' });
    app.backend.looks = [present()];
    const begins = { position: '0' };
    app.backend.log = { kind: 'after', bytes: Buffer.from('some'), position: '4', begins, hasMore: true };
    app.backend.meanwhile = (asked) => (asked.startsWith('logs') ? app.pass(11) : undefined);
    expect(await observe(app)).toEqual({ next: 'look-again', afterMs: 0 });
    expect(await archived(app)).toBe('some');
  });

  test('looks again before what is printed now is gone', async () => {
    const app = await created({ seen: true, startShown: true, phase: 'running' });
    app.pass(3_000);
    app.backend.looks = [present()];
    const begins = { position: '0' };
    const bytes = Buffer.from('some');
    app.backend.log = { kind: 'after', bytes, position: '4', begins, hasMore: false, keptMs: 7_000 };
    expect(await observe(app)).toEqual({ next: 'look-again', afterMs: 7_000 });
  });

  test('writes nothing while nothing changes and its promise holds', async () => {
    const app = await created({ seen: true, startShown: true, phase: 'running', nextBy: NEW_YEAR + 300_000 });
    app.backend.looks = [present()];
    const before = await app.jobs.read(JOB);
    await observe(app);
    expect(await app.jobs.read(JOB)).toEqual(before);
  });

  test('writes what a workload waits for when it changes, and not at each look that shows the same', async () => {
    const app = await created({ nextBy: NEW_YEAR + 300_000 });
    const waits = (message: string): ReturnType<typeof present> =>
      present({ phase: 'provisioning', started: 'no', lacking: reason('capacity', message) });
    const [none, coming] = ['no node has room', 'a node is being added'];
    app.backend.looks = [none, none, none, coming, coming].map(waits);
    const writes: (string | undefined)[] = [];
    onCommit(app, async (_n, write, changes) => {
      for (const change of changes)
        if (change.kind === 'replace-attempt') writes.push(change.row.lacking?.message);
      return write();
    });
    for (let looks = 0; looks < 5; looks += 1) {
      await observe(app);
      app.pass(2);
    }
    expect(app.backend.count('observe')).toBe(5);
    expect(writes).toEqual([none, coming]);
    expect((await attemptIn(app)).lacking).toMatchObject({ message: coming, since: NEW_YEAR });
  });

  test('renews its promise before it lapses, even when nothing can be read', async () => {
    const app = await created({ seen: true, phase: 'running', nextBy: NEW_YEAR + 300_000 });
    app.backend.looks = [UNREADABLE];
    app.pass(290);
    await observe(app);
    expect(await attemptIn(app)).toMatchObject({ heartbeat: app.now() });
    expect((await attemptIn(app)).nextBy).toBeGreaterThan(app.now() + 60_000);
  });

  test('looks ever less often, the longer a state lasts', async () => {
    const app = await created({ seen: true, startShown: true, phase: 'running' });
    app.backend.looks = [present()];
    app.pass(500);
    expect(await observe(app)).toEqual({ next: 'look-again', afterMs: 10_000 });
    app.pass(10_000);
    expect(await observe(app)).toEqual({ next: 'look-again', afterMs: 60_000 });
  });

  test('archives new log bytes of a program that runs, and shows the first of them', async () => {
    const app = await created();
    app.backend.looks = [present()];
    app.backend.log = text('one\n');
    await observe(app);
    expect((await attemptIn(app)).logBytes).toBe(4);
    app.backend.log = text('one\ntwo\n');
    await observe(app);
    expect(await archived(app)).toBe('one\ntwo\n');
  });

  test('does not ask for the log of a program that has not started', async () => {
    const app = await created();
    app.backend.looks = [present({ phase: 'pulling', started: 'no' })];
    await observe(app);
    expect(app.backend.count('logs')).toBe(0);
  });

  test('sees the end although the log can not be had', async () => {
    const app = await created();
    app.backend.looks = [present({ phase: 'ended', exitCode: 3 })];
    app.backend.meanwhile = (asked) => {
      if (asked.startsWith('logs')) throw new Error('no logs now');
    };
    expect(await observe(app)).toEqual({ next: 'go-on' });
    expect(await attemptIn(app)).toMatchObject({
      verdict: { kind: 'failed', exitCode: 3 },
      phase: 'archiving',
    });
    expect(app.logged.join()).toContain('no logs now');
  });

  test('never derives a verdict again', async () => {
    const app = await created();
    app.backend.looks = [present({ phase: 'ended', exitCode: 0 }), present({ phase: 'ended', exitCode: 1 })];
    await observe(app);
    await observe(app);
    expect(await attemptIn(app)).toMatchObject({ verdict: { kind: 'succeeded' } });
    expect(app.backend.count('observe')).toBe(1);
  });

  test('sees a cancel', async () => {
    const app = await created();
    await withCancel(app);
    app.backend.looks = [present()];
    expect(await observe(app)).toEqual({ next: 'go-on' });
    expect(await attemptIn(app)).toMatchObject({ verdict: { kind: 'canceled' }, cleanup: 'none' });
  });

  test('starts again from its read when the row has changed meanwhile', async () => {
    const app = await created();
    app.backend.looks = [present({ phase: 'ended', exitCode: 0 })];
    const expired = { kind: 'timed-out', reason: reason('expired', 'by the sweep') } as const;
    let changed = false;
    app.backend.meanwhile = async () => {
      if (changed) return;
      changed = true;
      await changeAttempt(app, { verdict: expired, cleanup: 'due' });
    };
    expect(await observe(app)).toEqual({ next: 'go-on' });
    // The fresh rows call for the removal, so the same step asks for it.
    expect(await attemptIn(app)).toMatchObject({ verdict: expired, cleanup: 'requested' });
  });

  test('stops when another epoch drives the attempt, though it took over during the look', async () => {
    const app = await created();
    app.backend.looks = [present()];
    app.backend.meanwhile = async () => changeAttempt(app, { epoch: 2 });
    expect(await observe(app)).toEqual({ next: 'stop' });
    expect(await attemptIn(app)).toMatchObject({ epoch: 2, seen: false });
  });

  test('counts 404s over several looks', async () => {
    const app = await created({ seen: true, startShown: true, phase: 'running' });
    app.backend.looks = [ABSENT];
    for (let n = 0; n < 3; n += 1) {
      await observe(app);
      app.pass(30);
    }
    expect(await attemptIn(app)).toMatchObject({ verdict: { reason: { code: 'lost' } } });
  });
});
