import { RetryableError } from '../../../domain/errors';
import type { JobRecords } from '../../../domain/ports/job-store';
import { createJobWatch, type JobWatch } from '../../../jobs/job/job-watch';
import { jobRow, testJobId } from '../../support/rows';

const JOB = testJobId(1);

interface Watched {
  readonly watch: JobWatch;
  reads: number;
  /** The result of each read. */
  find: () => Promise<JobRecords | undefined>;
  /** Lets so many milliseconds pass, one pause after the other. */
  pass(ms: number): Promise<void>;
}

function watched(maxWaiters?: number): Watched {
  let now = 0;
  const pauses = new Set<{ readonly at: number; readonly end: () => void }>();
  const set: Watched = {
    watch: createJobWatch({
      jobs: {
        read: () => {
          set.reads += 1;
          return set.find();
        },
      },
      clock: { monotonic: () => now },
      pause: (ms) => new Promise<void>((end) => pauses.add({ at: now + ms, end })),
      ...(maxWaiters === undefined ? {} : { maxWaiters }),
    }),
    reads: 0,
    find: () => Promise.resolve(records('waiting')),
    pass: async (ms) => {
      const until = now + ms;
      for (;;) {
        await settled();
        const [next] = [...pauses].toSorted((a, b) => a.at - b.at);
        if (next === undefined || next.at > until) break;
        now = Math.max(now, next.at);
        pauses.delete(next);
        next.end();
      }
      now = until;
    },
  };
  return set;
}

/** Resolves when all that is ready has run. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function records(state: 'waiting' | 'active'): JobRecords {
  return { job: { row: jobRow({ state }), etag: '' }, cancel: undefined, attempts: [] };
}

const isActive = (found: JobRecords | undefined): boolean => found?.job.row.state === 'active';

test('a waiter gets a change at the next read', async () => {
  const set = watched();
  const waiting = set.watch.wait(JOB, isActive, 60_000);
  await set.pass(2_500);
  set.find = () => Promise.resolve(records('active'));
  await set.pass(1_000);
  expect(await waiting).toEqual({ kind: 'news', records: records('active') });
});

test('a hundred waiters for one job cost one read a second', async () => {
  const set = watched();
  const waiting = Array.from({ length: 100 }, () => set.watch.wait(JOB, isActive, 10_000));
  await set.pass(10_000);
  expect(await Promise.all(waiting)).toEqual(Array.from({ length: 100 }, () => ({ kind: 'unchanged' })));
  expect(set.reads).toBe(10);
});

test('no waiter waits longer than asked for, to the part of a second', async () => {
  const set = watched();
  const waiting = set.watch.wait(JOB, isActive, 1_300);
  await set.pass(1_300);
  expect(await waiting).toEqual({ kind: 'unchanged' });
  expect(set.reads).toBe(2);
});

test('a write of this very process is seen at once', async () => {
  const set = watched();
  const waiting = set.watch.wait(JOB, isActive, 60_000);
  set.find = () => Promise.resolve(records('active'));
  set.watch.nudge(JOB);
  set.watch.nudge(testJobId(2));
  expect(await waiting).toMatchObject({ kind: 'news' });
  expect(set.reads).toBe(1);
});

test('a job that is not there any more is news', async () => {
  const set = watched();
  const waiting = set.watch.wait(JOB, (found) => found === undefined, 60_000);
  set.find = () => Promise.resolve(undefined);
  set.watch.nudge(JOB);
  expect(await waiting).toEqual({ kind: 'news', records: undefined });
});

test('one too many is refused at once, and let in when another has left', async () => {
  const set = watched(2);
  const first = [set.watch.wait(JOB, isActive, 1_000), set.watch.wait(testJobId(2), isActive, 5_000)];
  expect(await set.watch.wait(JOB, isActive, 1_000)).toEqual({ kind: 'too-many' });
  await set.pass(1_000);
  expect(await first[0]).toEqual({ kind: 'unchanged' });
  const next = set.watch.wait(JOB, isActive, 1_000);
  await set.pass(5_000);
  expect(await next).toEqual({ kind: 'unchanged' });
  expect(await first[1]).toEqual({ kind: 'unchanged' });
});

test('a read that fails fails all waiters for that job, and leaves room for others', async () => {
  const set = watched(1);
  set.find = () => Promise.reject(new RetryableError('away'));
  const waiting = set.watch.wait(JOB, isActive, 60_000);
  set.watch.nudge(JOB);
  await expect(waiting).rejects.toThrow('away');
  const next = set.watch.wait(JOB, isActive, 500);
  set.find = () => Promise.resolve(records('waiting'));
  await set.pass(500);
  expect(await next).toEqual({ kind: 'unchanged' });
});
