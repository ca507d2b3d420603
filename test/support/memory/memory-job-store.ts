// JobStore in memory, for tests and simulations: each call is one step.
import { type AttemptRow, attemptRowSchema } from '../../../domain/attempt/attempt';
import { TerminalError } from '../../../domain/errors';
import { cancelRowSchema, type JobRow, jobRowSchema } from '../../../domain/job/job';
import type { JobRecords, JobStore, RowChange, Versioned } from '../../../domain/ports/job-store';
import { step } from './step';
import { VersionedRows } from './versioned-rows';

export class MemoryJobStore implements JobStore {
  readonly #jobs = new VersionedRows(jobRowSchema);
  readonly #cancels = new VersionedRows(cancelRowSchema);
  /** By job, so that reading one job costs nothing for the others. */
  readonly #attempts = new Map<string, VersionedRows<AttemptRow>>();

  insert(row: JobRow): Promise<'inserted' | 'exists'> {
    return step(() => {
      if (this.#jobs.get(row.jobId) !== undefined) return 'exists';
      this.#jobs.put(row.jobId, row);
      return 'inserted';
    });
  }

  read(jobId: string): Promise<JobRecords | undefined> {
    return step(() => {
      const job = this.#jobs.get(jobId);
      if (job === undefined) return undefined;
      const rows = this.#attemptsOf(jobId);
      const attempts = rows
        .keys()
        .map((key) => rows.get(key))
        .filter((attempt) => attempt !== undefined)
        .sort((a, b) => a.row.number - b.row.number);
      return { job, cancel: this.#cancels.get(jobId)?.row, attempts };
    });
  }

  commit(jobId: string, changes: readonly RowChange[]): Promise<'done' | 'changed'> {
    return step(() => {
      const writes = changes.map((change) => this.#write(jobId, change));
      if (!writes.every((write) => write.holds)) return 'changed';
      for (const write of writes) write.apply();
      return 'done';
    });
  }

  /** Every job's id, for checkers. */
  jobIds(): string[] {
    return this.#jobs.keys();
  }

  #attemptsOf(jobId: string): VersionedRows<AttemptRow> {
    const rows = this.#attempts.get(jobId) ?? new VersionedRows(attemptRowSchema);
    this.#attempts.set(jobId, rows);
    return rows;
  }

  #write(jobId: string, change: RowChange): { holds: boolean; apply: () => void } {
    if (change.row.jobId !== jobId) {
      throw new TerminalError(`A commit for job ${jobId} holds a row of job ${change.row.jobId}`);
    }
    switch (change.kind) {
      case 'replace-job':
        return replacing(this.#jobs, jobId, change);
      case 'replace-attempt':
        return replacing(this.#attemptsOf(jobId), String(change.row.number), change);
      case 'insert-attempt':
        return inserting(this.#attemptsOf(jobId), String(change.row.number), change.row);
      case 'insert-cancel':
        return inserting(this.#cancels, jobId, change.row);
    }
  }
}

function replacing<Row>(
  rows: VersionedRows<Row>,
  key: string,
  { row, etag }: Versioned<Row>,
): { holds: boolean; apply: () => void } {
  rows.check(key, row);
  return { holds: rows.has(key, etag), apply: () => rows.put(key, row) };
}

function inserting<Row>(
  rows: VersionedRows<Row>,
  key: string,
  row: Row,
): { holds: boolean; apply: () => void } {
  rows.check(key, row);
  return { holds: rows.get(key) === undefined, apply: () => rows.put(key, row) };
}
