// The port to the store in which a platform keeps what programs printed, line by line, also after their workloads are
// gone.

/** Whose lines. */
export interface StoredRun {
  /** The workload's name. */
  readonly workload: string;
  /** The platform's own name of the run, as a look showed it. */
  readonly run: string;
  /** No line was printed before it, epoch milliseconds. */
  readonly since: number;
}

/** One row of the store. */
export interface StoredLine {
  /** When it was printed, in the store's own words and to its own precision. Equal texts are one instant. */
  readonly at: string;
  /** `stdout`, `stderr`, or nothing where the store does not tell. */
  readonly stream: string;
  /** Without its end. */
  readonly text: string;
  /** As long as the store's longest: the line may go on in the next row. */
  readonly mayGoOn?: true;
}

/** Some rows, the oldest first. Those of one instant stand in any order, and each row may be there more than once. */
export interface StoredPortion {
  /** All rows of each of their instants that the store has by now. */
  readonly lines: readonly StoredLine[];
  /** The store has later rows: ask again after the last of these. */
  readonly hasMore: boolean;
}

/** Rows come late, in any order, and none is ever taken back. Both reject when the rows can't be had. */
export interface LogStore {
  /** How many rows the store has of the run by now. */
  count(run: StoredRun): Promise<number>;
  /** The rows after this instant; without it from the first one on. */
  read(run: StoredRun, after: string | undefined): Promise<StoredPortion>;
}
