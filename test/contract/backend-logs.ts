// The contract of every compute backend for the logs that it serves: windows, or what follows a position.
import type { Traits } from '../../domain/backend/traits';
import type { LogCursor } from '../../domain/logs/log-cursor';
import type { LogRead } from '../../domain/logs/log-read';
import { type BackendStage, created, refOn } from './backend-stage';

const HELLO = Buffer.from('hello\n');

/** `noLogs`: why what programs print can't be tried; the tests of it are then skipped by that reason. */
export function describeBackendLogs(
  way: Traits['logs'],
  stageOf: () => BackendStage,
  noLogs: string | undefined,
): void {
  const kind = way === 'window' ? 'window' : 'after';
  const whereLogs = noLogs === undefined ? test : test.skip;
  const why = noLogs === undefined ? '' : ` (${noLogs})`;

  whereLogs(`the log is served as ${kind} while the program runs and after its end${why}`, async () => {
    const stage = stageOf();
    await created(stage, refOn(stage));
    await stage.advance(stage.untilRunning);
    const running = await stage.backend.logs(refOn(stage));
    await stage.advance(stage.runs);
    const ended = await stage.backend.logs(refOn(stage));
    const all = kind === 'window' ? { whole: true } : { begins: {} };
    for (const read of [running, ended]) expect(read).toMatchObject({ kind, bytes: HELLO, ...all });
  });

  if (way === 'position')
    whereLogs(`what follows a position is served, once${why}`, async () => {
      const stage = stageOf();
      await created(stage, refOn(stage));
      await stage.advance(stage.untilRunning);
      const first = after(await stage.backend.logs(refOn(stage)));
      expect(first).toMatchObject({ bytes: HELLO, begins: expect.anything() as unknown });
      const cursor: LogCursor = { at: HELLO.length, position: first.position };
      const second = after(await stage.backend.logs(refOn(stage), cursor));
      expect(second).toEqual({
        kind: 'after',
        bytes: Buffer.alloc(0),
        position: first.position,
        hasMore: false,
      });
      const begin: LogCursor = { at: 0, position: first.begins?.position ?? '' };
      expect(after(await stage.backend.logs(refOn(stage), begin))).toMatchObject({ bytes: HELLO });
    });

  whereLogs(`the whole of a short log is there at once${why}`, async () => {
    const stage = stageOf();
    await created(stage, refOn(stage));
    await stage.advance(stage.untilRunning);
    const read = await stage.backend.logs(refOn(stage));
    expect(read.kind === 'after' && read.hasMore).toBe(false);
    expect(read).toMatchObject({ bytes: HELLO });
  });

  test('a log that can not be had is a value that says why', async () => {
    const stage = stageOf();
    const read = await stage.backend.logs(refOn(stage));
    expect(read.kind).toBe('unavailable');
    expect(read.kind === 'unavailable' ? read.why : '').not.toBe('');
  });
}

function after(read: LogRead): Extract<LogRead, { kind: 'after' }> {
  if (read.kind !== 'after') throw new Error(`the log is served as ${read.kind}`);
  return read;
}
