// Keeps the lists of jobs in line with the jobs' rows. The lists are hints, written after the rows and repaired by the
// sweep (I5).
import { isDeepStrictEqual } from 'node:util';

import type { AttemptRow } from '../../domain/attempt/attempt';
import { messageOf, RetryableError } from '../../domain/errors';
import { type JobSummary, jobSummary } from '../../domain/lists/job-summary';
import type { JobLists } from '../../domain/ports/job-lists';
import type { JobRecords, JobStore, RowChange, Versioned } from '../../domain/ports/job-store';
import type { Logger } from '../../domain/ports/logger';
import { createCoalescer } from '../flow/coalesced';

/** What the lists were last known to say of a job, and the rows that this came from. */
interface Known {
  readonly listed: Versioned<JobSummary>;
  readonly records: JobRecords;
}

type Run = (run: () => Promise<void>) => Promise<void>;

interface KeeperParts {
  /** The rows themselves. */
  readonly jobs: Pick<JobStore, 'read'>;
  readonly lists: JobLists;
  readonly log: Pick<Logger, 'warn'>;
  /** Resolves when the writer of a row has waited long enough for the lists. */
  readonly patience: () => Promise<unknown>;
}

/** The most jobs remembered. A forgotten job costs one more read at its next change. */
const MAX_KNOWN = 2_000;
/** Other processes write a job's entries a few times a second at most. */
const MAX_TRIES = 10;

export interface ListKeeper {
  page(...of: Parameters<JobLists['page']>): ReturnType<JobLists['page']>;

  /**
   * Called after a row was written. It never fails and waits no longer than our patience. The sweep lists what could
   * not be listed now.
   */
  afterChange(jobId: string, changes: readonly RowChange[]): Promise<void>;

  /** After a job's row was inserted, which no list knows yet. */
  afterInsert(records: JobRecords): Promise<void>;

  /**
   * For the sweep. When this resolves, the job's entries say what its rows say. A job that is over is not taken from
   * memory.
   */
  check(records: JobRecords): Promise<void>;

  /** Makes the lists say what the rows say. Rejects when a store does not answer. */
  refresh(jobId: string): Promise<void>;
}

export function createListKeeper(parts: KeeperParts): ListKeeper {
  /** The least recently used first. */
  const knownJobs = new Map<string, Known>();
  const runsByJob = new Map<string, { asked: number; run: Run }>();

  const refresh = (jobId: string): Promise<void> => {
    const runs = runsByJob.get(jobId) ?? { asked: 0, run: createCoalescer() };
    runsByJob.set(jobId, runs);
    runs.asked += 1;
    return runs
      .run(() => refreshOnce(jobId))
      .finally(() => {
        runs.asked -= 1;
        if (runs.asked === 0) runsByJob.delete(jobId);
      });
  };

  /**
   * Read the entry first and the rows after it: then the writer of the entry that we replace had read older rows than
   * we have. So no late writer ever puts an older summary over a newer one.
   */
  const refreshOnce = async (jobId: string): Promise<void> => {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const known = knownJobs.get(jobId)?.listed;
      const listed = known ?? (await parts.lists.read(jobId));
      const records = await parts.jobs.read(jobId);
      if (records === undefined) return;
      if (known !== undefined && isOver(records) && isDeepStrictEqual(known.row, jobSummary(records)))
        knownJobs.delete(jobId); // The next try reads the entry.
      else if (await write(records, listed)) return;
    }
    throw new RetryableError(
      `The list entries of job ${jobId} changed ${MAX_TRIES} times while they were written.`,
      {
        jobId,
      },
    );
  };

  const listNew = async (records: JobRecords): Promise<void> => {
    if (!(await write(records, undefined))) await refresh(records.job.row.jobId);
  };

  /** False: another process wrote meanwhile. */
  const write = async (records: JobRecords, listed: Versioned<JobSummary> | undefined): Promise<boolean> => {
    const { jobId } = records.job.row;
    const row = jobSummary(records);
    knownJobs.delete(jobId); // Known again once the store has answered.
    if (listed !== undefined && isDeepStrictEqual(listed.row, row)) {
      remember(jobId, { listed, records });
      return true;
    }
    const written = await parts.lists.write(row, listed);
    if (written.kind === 'changed') return false;
    if (written.etag !== '') remember(jobId, { listed: { row, etag: written.etag }, records });
    return true;
  };

  const remember = (jobId: string, known: Known): void => {
    knownJobs.set(jobId, known);
    for (const oldest of knownJobs.keys()) {
      if (knownJobs.size <= MAX_KNOWN) break;
      knownJobs.delete(oldest);
    }
  };

  /**
   * A removal can be reopened and end again, so an attempt of a job that is over comes back to a state remembered here.
   * Another process may have listed what was in between.
   */
  const maySummarizeOtherwise = (jobId: string, changes: readonly RowChange[]): boolean => {
    if (changes.every(isIntent)) return false;
    const known = knownJobs.get(jobId);
    if (known === undefined) return changes.some(({ kind }) => kind !== 'insert-cancel');
    const records = withChanges(known.records, changes);
    const after = jobSummary(records);
    if (isDeepStrictEqual(after, known.listed.row)) return isOver(records) && changes.some(isOfAttempt);
    return !isOnItsWayToRemoval(known.listed.row, after);
  };

  const patiently = async (jobId: string, work: Promise<void>): Promise<void> => {
    const told = work.catch((error: unknown) => {
      parts.log.warn(
        `Job ${jobId} stands in the lists as it was before; the sweep repairs that within minutes: ${messageOf(error)}`,
      );
    });
    await Promise.race([told, parts.patience()]);
  };

  return {
    page: (...of) => parts.lists.page(...of),
    afterChange: async (jobId, changes) => {
      if (!maySummarizeOtherwise(jobId, changes)) return;
      await patiently(jobId, refresh(jobId));
    },
    afterInsert: async (records) => {
      await patiently(records.job.row.jobId, listNew(records));
    },
    check: async (records) => {
      const { jobId } = records.job.row;
      const known = isOver(records) ? undefined : knownJobs.get(jobId)?.listed;
      const listed = known ?? (await parts.lists.read(jobId));
      if (listed === undefined || !isDeepStrictEqual(listed.row, jobSummary(records))) await refresh(jobId);
    },
    refresh,
  };
}

function withChanges(records: JobRecords, changes: readonly RowChange[]): JobRecords {
  let { job } = records;
  const attempts = new Map<number, Versioned<AttemptRow>>();
  for (const attempt of records.attempts) attempts.set(attempt.row.number, attempt);
  for (const change of changes) {
    if (change.kind === 'replace-job') job = { row: change.row, etag: '' };
    else if (change.kind !== 'insert-cancel') attempts.set(change.row.number, { row: change.row, etag: '' });
  }
  return { ...records, job, attempts: [...attempts.values()] };
}

function isOver({ job }: JobRecords): boolean {
  return job.row.state === 'over';
}

function isOfAttempt({ kind }: RowChange): boolean {
  return kind === 'replace-attempt';
}

/** The create must follow within a bound, so nothing may delay it. The write of the create's answer is listed. */
function isIntent(change: RowChange): boolean {
  if (change.kind !== 'replace-attempt') return false;
  const { intent, answer, seen, verdict } = change.row;
  return intent.kind === 'set' && answer === 'unknown' && !seen && verdict === undefined;
}

/** The write that ends the job or the attempt follows at once, and that one is listed. */
function isOnItsWayToRemoval(before: JobSummary, after: JobSummary): boolean {
  if (after.outcome !== undefined || (after.cleanup !== 'due' && after.cleanup !== 'requested')) return false;
  return isDeepStrictEqual({ ...before, cleanup: after.cleanup }, after);
}
