// The port to a job's rows: one partition a job, every write conditional on what was read.
import type { AttemptRow } from '../attempt/attempt';
import type { CancelRow, JobRow } from '../job/job';

/** A row as it was read; `etag` is what a conditional write names. */
export interface Versioned<Row> {
  readonly row: Row;
  readonly etag: string;
}

/** All rows of one job, from one read. */
export interface JobRecords {
  readonly job: Versioned<JobRow>;
  readonly cancel: CancelRow | undefined;
  /** By number, ascending. */
  readonly attempts: readonly Versioned<AttemptRow>[];
}

/** A job's attempt by its number; undefined: there is no row of it. */
export function attemptNumbered(
  records: Pick<JobRecords, 'attempts'> | undefined,
  number: number,
): Versioned<AttemptRow> | undefined {
  return records?.attempts.find(({ row }) => row.number === number);
}

export type RowChange =
  | { readonly kind: 'replace-job'; readonly row: JobRow; readonly etag: string }
  | { readonly kind: 'replace-attempt'; readonly row: AttemptRow; readonly etag: string }
  | { readonly kind: 'insert-attempt'; readonly row: AttemptRow }
  | { readonly kind: 'insert-cancel'; readonly row: CancelRow };

/** Every method rejects with RetryableError when the store cannot be reached: that is never an absent row (I3). */
export interface JobStore {
  /** Inserting the row is the deduplication (I5): of any number of equal inserts one succeeds. */
  insert(row: JobRow): Promise<'inserted' | 'exists'>;
  /** Undefined is a definite absence. */
  read(jobId: string): Promise<JobRecords | undefined>;
  /**
   * All changes in one transaction, or none. `changed`: one of the rows is not what its ETag says, or a row to insert
   * exists; read again.
   */
  commit(jobId: string, changes: readonly RowChange[]): Promise<'done' | 'changed'>;
}
