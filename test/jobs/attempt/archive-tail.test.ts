import { reason } from '../../../domain/job/failure-reason';
import type { LogRead } from '../../../domain/logs/log-read';
import { CONTAINER_NAME } from '../../../domain/ports/compute-backend';
import { advance } from '../../../jobs/attempt/advance';
import { type LogSlice, readLogs } from '../../../jobs/logs/read-logs';
import { attemptIn, changeAttempt, type TestApp, testApp, withAttempt } from '../../support/app/test-app';
import { NEW_YEAR, testJobId } from '../../support/rows';

const JOB = testJobId(1);
const STORY = { jobId: JOB, attempt: 1, epoch: 1 };
const SUCCEEDED = { kind: 'succeeded', exitCode: 0 } as const;

async function ended(over: Parameters<typeof withAttempt>[1] = {}): Promise<TestApp> {
  const app = testApp();
  await withAttempt(app, {
    intent: { kind: 'set', nonce: 'n', at: NEW_YEAR },
    seen: true,
    startShown: true,
    verdict: SUCCEEDED,
    phase: 'archiving',
    ...over,
  });
  return app;
}

function archive(app: TestApp): Promise<unknown> {
  return advance(app.ports, STORY);
}

function logOf(app: TestApp): Promise<LogSlice> {
  const ref = { jobId: JOB, attempt: 1, container: CONTAINER_NAME };
  return readLogs(app.ports.logArchive, ref, { from: 0, maxBytes: 1_000 });
}

/** The first portion of a log that goes on. */
function portion(text: string): LogRead {
  const begins = { position: '0' };
  return { kind: 'after', bytes: Buffer.from(text), position: String(text.length), begins, hasMore: true };
}

describe('archiving the rest of a log', () => {
  test('takes what is there, closes the log, and the removal is due', async () => {
    const app = await ended();
    app.backend.log = { kind: 'window', bytes: Buffer.from('done\n'), whole: true };
    expect(await archive(app)).toEqual({ next: 'go-on' });
    expect(await attemptIn(app)).toMatchObject({ cleanup: 'due', logBytes: 5 });
    const { bytes, final, gaps } = await logOf(app);
    expect([bytes.toString(), final, gaps]).toEqual(['done\n', true, []]);
  });

  test('asks for no log of a program that never started', async () => {
    const app = await ended({ startShown: false });
    expect(await archive(app)).toEqual({ next: 'go-on' });
    expect(app.backend.asked).toEqual([]);
    expect((await attemptIn(app)).cleanup).toBe('due');
  });

  test('looks again while the log can not be had', async () => {
    const app = await ended();
    expect(await archive(app)).toEqual({ next: 'look-again', afterMs: 2_000 });
    expect((await attemptIn(app)).cleanup).toBe('none');
  });

  test('looks again while there is more of it than one step has time for, and closes nothing', async () => {
    const app = await ended();
    app.backend.log = portion('first ');
    app.backend.meanwhile = () => app.pass(11);
    expect(await archive(app)).toMatchObject({ next: 'look-again' });
    expect((await attemptIn(app)).cleanup).toBe('none');
    expect(await logOf(app)).toMatchObject({ bytes: Buffer.from('first '), final: false });
  });

  test('marks what was left of a log that took longer than its deadline', async () => {
    const app = await ended();
    app.pass(300);
    app.backend.log = portion('first ');
    app.backend.meanwhile = () => app.pass(11);
    expect(await archive(app)).toEqual({ next: 'go-on' });
    expect(await logOf(app)).toMatchObject({ final: true, gaps: [{ at: 6, kind: 'unavailable' }] });
  });

  test('keeps its promise while it waits for the log, so that no sweep takes over', async () => {
    const app = await ended({ nextBy: NEW_YEAR + 300_000 });
    app.pass(250);
    expect(await archive(app)).toMatchObject({ next: 'look-again' });
    expect((await attemptIn(app)).nextBy).toBeGreaterThan(app.now() + 60_000);
  });

  test('lets its deadline pass: what is missing is marked, the removal is due', async () => {
    const app = await ended();
    app.pass(300);
    expect(await archive(app)).toEqual({ next: 'go-on' });
    expect((await attemptIn(app)).cleanup).toBe('due');
    const { final, gaps } = await logOf(app);
    expect([final, gaps.map(({ kind }) => kind)]).toEqual([true, ['unavailable']]);
  });

  test('gives a program that was canceled a few seconds for its log, not the whole deadline', async () => {
    const app = await ended();
    const canceled = { kind: 'canceled', reason: reason('canceled', 'Canceled.') } as const;
    await changeAttempt(app, { verdict: canceled });
    app.pass(14);
    expect(await archive(app)).toMatchObject({ next: 'look-again' });
    app.pass(1);
    expect(await archive(app)).toEqual({ next: 'go-on' });
    expect((await attemptIn(app)).cleanup).toBe('due');
    expect((await logOf(app)).gaps.map(({ kind }) => kind)).toEqual(['unavailable']);
  });

  test('lets it pass although the platform fails', async () => {
    const app = await ended();
    app.backend.meanwhile = () => {
      throw new Error('no logs now');
    };
    expect(await archive(app)).toMatchObject({ next: 'look-again' });
    app.pass(300);
    expect(await archive(app)).toEqual({ next: 'go-on' });
    expect((await attemptIn(app)).cleanup).toBe('due');
    expect((await logOf(app)).final).toBe(true);
  });

  test('waits for nothing when the workload vanished with its log', async () => {
    const app = await ended({ verdict: { kind: 'failed', reason: reason('lost', 'vanished') } });
    expect(await archive(app)).toEqual({ next: 'go-on' });
    expect((await attemptIn(app)).cleanup).toBe('due');
    expect((await logOf(app)).gaps.map(({ kind }) => kind)).toEqual(['unavailable']);
  });

  test('starts again from its read when the row has changed meanwhile', async () => {
    const app = await ended();
    app.backend.log = { kind: 'window', bytes: Buffer.from('done\n'), whole: true };
    let changed = false;
    app.backend.meanwhile = async () => {
      if (changed) return;
      changed = true;
      await changeAttempt(app, { heartbeat: NEW_YEAR + 1 });
    };
    expect(await archive(app)).toEqual({ next: 'go-on' });
    expect(await attemptIn(app)).toMatchObject({ cleanup: 'due', logBytes: 5 });
    expect((await logOf(app)).bytes.toString()).toBe('done\n');
  });

  test('stops when another epoch drives the attempt', async () => {
    const app = await ended({ epoch: 2 });
    expect(await archive(app)).toEqual({ next: 'stop' });
  });
});
