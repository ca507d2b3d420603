// Observes with counts of its own: in which order jobs are admitted, and for how long one waits without need.
import type { Placement } from '../../domain/placement/placement';
import type { JobStore } from '../../domain/ports/job-store';

export interface Watch {
  /** The same store, observed. */
  watch(store: JobStore): JobStore;
  /** Must be called often; the oftener, the more exact. */
  look(now: number): void;
  /** Job ids, in the order of their admission. */
  readonly admitted: readonly string[];
  /** Jobs that were accepted before a younger one and admitted after it. */
  readonly overtaken: readonly { readonly jobId: string; readonly by: string; readonly waitedMs: number }[];
  /** The longest time for which a place was free, a create was left and a job waited for both, milliseconds. */
  longestIdle(): number;
  /** At how many looks a window was used up while places were free, so that creates were all that was missing. */
  readonly windowsUsedUp: { readonly fiveMinutes: number; readonly hour: number };
}

export interface Seen {
  /** Ascending instants, epoch milliseconds. */
  readonly created: readonly number[];
  readonly gone: readonly number[];
}

const FIVE_MINUTES = 5 * 60_000;
const HOUR = 60 * 60_000;

export function createWatch({ limits }: Placement, seen: Seen): Watch {
  const waiting = new Map<string, { readonly submittedAt: number; readonly acceptedAt: number }>();
  const admitted: string[] = [];
  const overtaken: { jobId: string; by: string; waitedMs: number }[] = [];
  const windowsUsedUp = { fiveMinutes: 0, hour: 0 };
  /** Since when each place has been idle without need. The oldest is taken first. */
  const idleSince: number[] = [];
  let now = 0;
  let longest = 0;

  const admit = (jobId: string): void => {
    const own = waiting.get(jobId);
    waiting.delete(jobId);
    admitted.push(jobId);
    if (own === undefined) throw new Error(`${jobId} is admitted and was never accepted.`);
    for (const [older, { submittedAt, acceptedAt }] of waiting)
      if (submittedAt < own.submittedAt && acceptedAt < own.acceptedAt)
        overtaken.push({ jobId: older, by: jobId, waitedMs: now - acceptedAt });
  };

  const lately = (instants: readonly number[], spanMs: number): number => {
    let from = instants.length;
    while (from > 0 && (instants[from - 1] ?? 0) > now - spanMs) from -= 1;
    return instants.length - from;
  };

  return {
    admitted,
    overtaken,
    windowsUsedUp,
    longestIdle: () => longest,
    watch: (store) => ({
      insert: async (row) => {
        const inserted = await store.insert(row);
        if (inserted === 'inserted')
          waiting.set(row.jobId, { submittedAt: row.submittedAt, acceptedAt: now });
        return inserted;
      },
      read: (jobId) => store.read(jobId),
      commit: async (jobId, changes) => {
        const done = await store.commit(jobId, changes);
        if (done === 'done' && changes.some(({ kind }) => kind === 'insert-attempt')) admit(jobId);
        return done;
      },
    }),
    look: (at) => {
      now = at;
      const places = limits.workloads - (admitted.length - seen.gone.length);
      // Admitted and on its way to its create: that create counts as used.
      const onTheWay = admitted.length - seen.created.length;
      const fiveMinutes =
        mostIn(limits.creates, FIVE_MINUTES) - lately(seen.created, FIVE_MINUTES) - onTheWay;
      const hour = mostIn(limits.creates, HOUR) - lately(seen.created, HOUR) - onTheWay;
      if (places > 0 && waiting.size > 0 && fiveMinutes <= 0) windowsUsedUp.fiveMinutes += 1;
      if (places > 0 && waiting.size > 0 && hour <= 0) windowsUsedUp.hour += 1;
      const idle = Math.max(0, Math.min(places, waiting.size, fiveMinutes, hour));
      while (idleSince.length > idle) idleSince.shift();
      while (idleSince.length < idle) idleSince.push(now);
      longest = Math.max(longest, now - (idleSince[0] ?? now));
    },
  };
}

/** How many creates the placement's window of this length allows; unlimited without such a window. */
function mostIn(creates: Placement['limits']['creates'], spanMs: number): number {
  return creates.find(({ per }) => per * 1000 === spanMs)?.most ?? Number.POSITIVE_INFINITY;
}
