// Keeps the lists of jobs in line with the jobs' rows. The lists are hints, written after the rows and repaired by the
// sweep (I5).
import { isDeepStrictEqual } from 'node:util';

import type { AttemptRow } from '../../domain/attempt/attempt';
import { messageOf, RetryableError } from '../../domain/errors';
import { type JobSummary, jobSummary } from '../../domain/lists/job-summary';
import type { JobLists } from '../../domain/ports/job-lists';
import type { JobRecords, JobStore, RowChange, Versioned } from '../../domain/ports/job-store';
import type { Logger } from '../../domain/ports/logger';
import { coalesced } from '../flow/coalesced';

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

export class ListKeeper {
  readonly #parts: KeeperParts;
  /** The least recently used first. */
  readonly #known = new Map<string, Known>();
  readonly #runs = new Map<string, { asked: number; run: Run }>();

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  page(...of: Parameters<JobLists['page']>): ReturnType<JobLists['page']> {
    return this.#parts.lists.page(...of);
  }

  /**
   * Called after a row was written. It never fails and waits no longer than our patience. The sweep lists what could
   * not be listed now.
   */
  async afterChange(jobId: string, changes: readonly RowChange[]): Promise<void> {
    if (!this.#maySummarizeOtherwise(jobId, changes)) return;
    await this.#patiently(jobId, this.refresh(jobId));
  }

  /** After a job's row was inserted, which no list knows yet. */
  async afterInsert(records: JobRecords): Promise<void> {
    await this.#patiently(records.job.row.jobId, this.#listNew(records));
  }

  /**
   * For the sweep. When this resolves, the job's entries say what its rows say. A job that is over is not taken from
   * memory.
   */
  async check(records: JobRecords): Promise<void> {
    const { jobId, state } = records.job.row;
    const known = state === 'over' ? undefined : this.#known.get(jobId)?.listed;
    const listed = known ?? (await this.#parts.lists.read(jobId));
    if (listed === undefined || !isDeepStrictEqual(listed.row, jobSummary(records)))
      await this.refresh(jobId);
  }

  /** Makes the lists say what the rows say. Rejects when a store does not answer. */
  refresh(jobId: string): Promise<void> {
    const runs = this.#runs.get(jobId) ?? { asked: 0, run: coalesced() };
    this.#runs.set(jobId, runs);
    runs.asked += 1;
    return runs
      .run(() => this.#refresh(jobId))
      .finally(() => {
        runs.asked -= 1;
        if (runs.asked === 0) this.#runs.delete(jobId);
      });
  }

  /**
   * Read the entry first and the rows after it: then the writer of the entry that we replace had read older rows than
   * we have. So no late writer ever puts an older summary over a newer one.
   */
  async #refresh(jobId: string): Promise<void> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const listed = this.#known.get(jobId)?.listed ?? (await this.#parts.lists.read(jobId));
      const records = await this.#parts.jobs.read(jobId);
      if (records === undefined || (await this.#write(records, listed))) return;
    }
    throw new RetryableError(
      `The list entries of job ${jobId} changed ${MAX_TRIES} times while they were written.`,
      {
        jobId,
      },
    );
  }

  async #listNew(records: JobRecords): Promise<void> {
    if (!(await this.#write(records, undefined))) await this.refresh(records.job.row.jobId);
  }

  /** False: another process wrote meanwhile. */
  async #write(records: JobRecords, listed: Versioned<JobSummary> | undefined): Promise<boolean> {
    const { jobId } = records.job.row;
    const row = jobSummary(records);
    this.#known.delete(jobId); // Known again once the store has answered.
    if (listed !== undefined && isDeepStrictEqual(listed.row, row)) {
      this.#remember(jobId, { listed, records });
      return true;
    }
    const written = await this.#parts.lists.write(row, listed);
    if (written.kind === 'changed') return false;
    if (written.etag !== '') this.#remember(jobId, { listed: { row, etag: written.etag }, records });
    return true;
  }

  #remember(jobId: string, known: Known): void {
    this.#known.set(jobId, known);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MAX_KNOWN) break;
      this.#known.delete(oldest);
    }
  }

  #maySummarizeOtherwise(jobId: string, changes: readonly RowChange[]): boolean {
    if (changes.every(isIntent)) return false;
    const known = this.#known.get(jobId);
    if (known === undefined) return changes.some(({ kind }) => kind !== 'insert-cancel');
    const after = jobSummary(withChanges(known.records, changes));
    return !isDeepStrictEqual(after, known.listed.row) && !isOnItsWayToRemoval(known.listed.row, after);
  }

  async #patiently(jobId: string, work: Promise<void>): Promise<void> {
    const told = work.catch((error: unknown) => {
      this.#parts.log.warn(
        `Job ${jobId} stands in the lists as it was before; the sweep repairs that within minutes: ${messageOf(error)}`,
      );
    });
    await Promise.race([told, this.#parts.patience()]);
  }
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
