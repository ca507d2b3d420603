// The port to the lists of jobs: summaries, newest first, whole or by one property; hints that the sweep repairs (I5).
import type { JobState } from '../job/job-state';
import type { JobSummary } from '../lists/job-summary';
import type { Versioned } from './job-store';

/** One list that every job with that property is in. */
export type Listing =
  | { readonly kind: 'all' }
  | { readonly kind: 'state'; readonly state: JobState }
  | { readonly kind: 'label'; readonly name: string; readonly value: string }
  | { readonly kind: 'schedule'; readonly name: string }
  | { readonly kind: 'name'; readonly name: string }
  /** Members of a group, by their indexes. */
  | { readonly kind: 'group'; readonly id: string }
  /** Jobs whose ids begin with the prefix, sorted by id. The prefix has fewer characters than an id. */
  | { readonly kind: 'id'; readonly prefix: string };

/**
 * Instants of submission, epoch milliseconds: `since` itself is in, `until` is not. They don't narrow a list by id, nor
 * one of a group.
 */
export interface JobRange {
  readonly listing: Listing;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

export interface SummaryPage {
  readonly jobs: readonly JobSummary[];
  /** Pass back, with the same range, to read on; absent at the end. */
  readonly continuation?: string;
}

export interface JobLists {
  /** What the lists say of a job. */
  read(jobId: string): Promise<Versioned<JobSummary> | undefined>;
  /**
   * Puts a summary into every list that it belongs to and takes it out of those that it has left, in one transaction.
   * `previous` is what was read; undefined: the job was in no list. `changed`: another process has written meanwhile.
   */
  write(
    summary: JobSummary,
    previous: Versioned<JobSummary> | undefined,
  ): Promise<{ readonly kind: 'done'; readonly etag: string } | { readonly kind: 'changed' }>;
  /** Newest first. @throws TerminalError for a limit below 1 or a continuation that no page gave. */
  page(range: JobRange, limit: number, continuation?: string): Promise<SummaryPage>;
}

/** Every list that has an entry of the job. The job's entry by id guards these and is found apart from them. */
export function listingsOf(
  job: Pick<JobSummary, 'state' | 'labels' | 'schedule' | 'name' | 'group'>,
): Listing[] {
  return [
    { kind: 'all' },
    { kind: 'state', state: job.state },
    ...Object.entries(job.labels).map(([name, value]): Listing => ({ kind: 'label', name, value })),
    ...(job.schedule === undefined ? [] : [{ kind: 'schedule', name: job.schedule } as const]),
    ...(job.group === undefined ? [] : [{ kind: 'group', id: job.group.id } as const]),
    ...(job.name === undefined ? [] : [{ kind: 'name', name: job.name } as const]),
  ];
}
