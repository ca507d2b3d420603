// Following a log: it answers at once if there are bytes, else as soon as they come, the log is over or the time is up.
import type { AttemptRow } from '../../../domain/attempt/attempt';
import { CONTAINER_NAME } from '../../../domain/ports/compute-backend';
import { createLogFollower, type Followed, type LogWish } from '../../../jobs/logs/follow-log';
import { changeAttempt, rowsOf, type TestApp, testApp, withAttempt } from '../../support/app/test-app';
import { testJobId } from '../../support/rows';

const JOB = testJobId(1);
const REF = { jobId: JOB, attempt: 1, container: CONTAINER_NAME };

async function print(app: TestApp, text: string): Promise<void> {
  const end = await app.ports.logArchive.end(REF, 'fresh');
  if ((await end.append({ bytes: Buffer.from(text) })) === 'changed') throw new Error('Nobody else writes.');
}

interface Following {
  readonly app: TestApp;
  /** Reads of the rows since the wait began. */
  readonly rowReads: () => number;
  readonly follow: (wish: Partial<LogWish>) => Promise<string>;
}

/**
 * An attempt that runs. `meanwhile` is called in each pause of a follower, with the milliseconds that it has waited.
 */
async function following(
  attempt: Partial<AttemptRow>,
  meanwhile: (app: TestApp, waitedMs: number) => void | Promise<void> = () => undefined,
): Promise<Following> {
  const app = testApp();
  await withAttempt(app, attempt);
  const began = app.now();
  let reads = 0;
  const pause = async (ms: number): Promise<void> => {
    app.pass(ms / 1000);
    await meanwhile(app, app.now() - began);
  };
  const read = app.jobs.read.bind(app.jobs);
  app.jobs.read = (jobId) => {
    reads += 1;
    return read(jobId);
  };
  const follower = createLogFollower({ ...app.ports, pause });
  return {
    app,
    rowReads: () => reads,
    follow: async (wish) => {
      const records = await rowsOf(app);
      reads = 0;
      const followed = await follower({ records, attempt: 1, begin: { from: 0 }, waitMs: 0, ...wish });
      return told(followed);
    },
  };
}

function told(followed: Followed): string {
  if (followed.kind === 'too-many') return 'too many';
  const { bytes, next, final } = followed.slice;
  return `${followed.from}-${next} "${bytes.toString()}"${final ? ' final' : ''}`;
}

const RUNS = { cleanup: 'none' } as const;

it('answers at once with what is archived, from an offset or from so many lines before the end', async () => {
  const { app, follow } = await following(RUNS);
  await print(app, 'one\ntwo\nthree\n');
  expect(await follow({ begin: { from: 4 }, waitMs: 60_000 })).toBe('4-14 "two\nthree\n"');
  expect(await follow({ begin: { tail: 1 }, waitMs: 60_000 })).toBe('8-14 "three\n"');
  expect(app.now()).toBe(testApp().now());
});

it('answers at once that there is nothing where no wait was asked for', async () => {
  const { follow } = await following(RUNS);
  expect(await follow({})).toBe('0-0 ""');
});

it('waits until bytes come', async () => {
  const { follow, app } = await following(RUNS, async (at, waitedMs) => {
    if (waitedMs === 1_500) await print(at, 'late\n');
  });
  const began = app.now();
  expect(await follow({ waitMs: 60_000 })).toBe('0-5 "late\n"');
  expect(app.now() - began).toBe(1_500);
});

it('waits no longer than asked for, and reads the rows once a second', async () => {
  const { follow, app, rowReads } = await following(RUNS);
  const began = app.now();
  expect(await follow({ waitMs: 3_300 })).toBe('0-0 ""');
  expect(app.now() - began).toBe(3_300);
  expect(rowReads()).toBe(3);
});

it('learns that the log is over, with the bytes that were archived before', async () => {
  const { follow } = await following(RUNS, async (at, waitedMs) => {
    if (waitedMs !== 1_000) return;
    await print(at, 'end\n');
    await changeAttempt(at, { cleanup: 'due' });
  });
  expect(await follow({ waitMs: 60_000 })).toBe('0-4 "end\n" final');
});

it('does not wait for an attempt whose removal is due, nor for one that never came to be of a job that is over', async () => {
  const due = await following({ cleanup: 'due' });
  expect(await due.follow({ waitMs: 60_000 })).toBe('0-0 "" final');
  const none = await following(RUNS);
  const records = await rowsOf(none.app);
  const over = { ...records, job: { ...records.job, row: { ...records.job.row, state: 'over' } as const } };
  expect(await none.follow({ records: over, attempt: 2, waitMs: 60_000 })).toBe('0-0 "" final');
});

it('lets no more wait than its limit, answers those who need not wait, and lets the next wait after one has gone', async () => {
  const app = testApp();
  await withAttempt(app, RUNS);
  const resume: (() => void)[] = [];
  const pause = (): Promise<void> => new Promise((resolve) => resume.push(resolve));
  const follow = createLogFollower({ ...app.ports, pause }, 2);
  const wish = { records: await rowsOf(app), attempt: 1, begin: { from: 0 }, waitMs: 1_000 };
  const waiting = [follow(wish), follow(wish)];
  expect(told(await follow(wish))).toBe('too many');
  expect(told(await follow({ ...wish, waitMs: 0 }))).toBe('0-0 ""');
  while (resume.length < 2) await new Promise(setImmediate);
  await print(app, 'x');
  for (const go of resume) go();
  expect((await Promise.all(waiting)).map(told)).toEqual(['0-1 "x"', '0-1 "x"']);
  expect(told(await follow({ ...wish, begin: { from: 1 }, waitMs: 0 }))).toBe('1-1 ""');
  const next = follow({ ...wish, begin: { from: 1 } });
  while (resume.length < 3) await new Promise(setImmediate);
  await print(app, 'y');
  resume[2]?.();
  expect(told(await next)).toBe('1-2 "y"');
});

test('a generation that is being written is not over before it is closed', async () => {
  const app = testApp();
  const logCompletion = {
    state: 'completing',
    live: { name: 'the stream', limits: '' },
    source: { name: 'the store', limits: '' },
    at: 0,
    writing: { generation: 2, rows: 1, first: 0, full: 0 },
  } as const;
  await withAttempt(app, { cleanup: 'gone', logCompletion });
  const follow = createLogFollower(app.ports);
  const wish = { records: await rowsOf(app), attempt: 1, begin: { from: 0 }, waitMs: 0 };
  expect(told(await follow({ ...wish, generation: 2 }))).toBe('0-0 ""');
  expect(told(await follow(wish))).toBe('0-0 "" final');
  const end = await app.ports.logArchive.end({ ...REF, generation: 2 }, 'fresh');
  await end.append({ bytes: Buffer.from('whole') });
  await app.ports.logArchive.close({ ...REF, generation: 2 });
  expect(told(await follow({ ...wish, generation: 2 }))).toBe('0-5 "whole" final');
});
