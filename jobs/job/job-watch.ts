// Waits for a job to change, with one reader a job, however many callers wait.
import type { Clock } from '../../domain/ports/clock';
import type { JobRecords, JobStore } from '../../domain/ports/job-store';

type Watched =
  /** Undefined: the job does not exist. */
  | { readonly kind: 'news'; readonly records: JobRecords | undefined }
  | { readonly kind: 'unchanged' }
  /** This instance lets no more callers wait. */
  | { readonly kind: 'too-many' };

export interface JobWatch {
  /** Resolves when the rows are news to the caller, or after `ms` milliseconds. The caller has just read the rows. */
  wait(jobId: string, isNews: (records: JobRecords | undefined) => boolean, ms: number): Promise<Watched>;
  /** This very process has written the job's rows: its waiting callers see it at once. */
  nudge(jobId: string): void;
}

interface Waiter {
  readonly isNews: (records: JobRecords | undefined) => boolean;
  /** Monotonic milliseconds. */
  readonly until: number;
  readonly resolve: (watched: Watched) => void;
  readonly reject: (error: unknown) => void;
}

interface Watching {
  readonly waiters: Set<Waiter>;
  isNudged: boolean;
  /** Ends the pause between two reads. */
  wake: () => void;
}

/** The most waiting callers of one instance; each is an open request and a few hundred bytes. */
const MAX_WAITERS = 200;
/** A job is read no more often than this while this process does not write it. */
const READ_EVERY_MS = 1_000;

export function createJobWatch(parts: {
  readonly jobs: Pick<JobStore, 'read'>;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly pause: (ms: number) => Promise<unknown>;
  readonly maxWaiters?: number;
}): JobWatch {
  const { jobs, clock, pause, maxWaiters = MAX_WAITERS } = parts;
  const watched = new Map<string, Watching>();
  let waiting = 0;

  const look = async (jobId: string, { waiters }: Watching): Promise<void> => {
    const records = await jobs.read(jobId);
    for (const waiter of waiters) {
      const isNews = waiter.isNews(records);
      if (!isNews && clock.monotonic() < waiter.until) continue;
      waiters.delete(waiter);
      waiter.resolve(isNews ? { kind: 'news', records } : { kind: 'unchanged' });
    }
  };

  const follow = async (jobId: string, watching: Watching): Promise<void> => {
    const { waiters } = watching;
    while (waiters.size > 0) {
      const rest = Math.min(...[...waiters].map(({ until }) => until)) - clock.monotonic();
      if (!watching.isNudged) {
        const woken = new Promise<void>((resolve) => (watching.wake = resolve));
        await Promise.race([woken, pause(Math.max(0, Math.min(READ_EVERY_MS, rest)))]);
      }
      watching.isNudged = false;
      try {
        await look(jobId, watching);
      } catch (error) {
        for (const waiter of waiters) waiter.reject(error);
        waiters.clear();
      }
    }
    watched.delete(jobId);
  };

  return {
    wait: async (jobId, isNews, ms) => {
      if (waiting >= maxWaiters) return { kind: 'too-many' };
      waiting += 1;
      try {
        return await new Promise<Watched>((resolve, reject) => {
          const waiter: Waiter = { isNews, until: clock.monotonic() + ms, resolve, reject };
          const others = watched.get(jobId);
          if (others !== undefined) {
            others.waiters.add(waiter);
            return;
          }
          const watching: Watching = { waiters: new Set([waiter]), isNudged: false, wake: () => undefined };
          watched.set(jobId, watching);
          void follow(jobId, watching);
        });
      } finally {
        waiting -= 1;
      }
    },
    nudge: (jobId) => {
      const watching = watched.get(jobId);
      if (watching === undefined) return;
      watching.isNudged = true;
      watching.wake();
    },
  };
}
