// Which checkpoint a new attempt goes on from: the latest complete one of the newest earlier attempt that has any.

/** The file that a program writes last into a checkpoint's folder: only then the checkpoint counts. */
export const COMPLETE_MARKER = '.complete';

/** A folder of an earlier attempt's checkpoints with its marker. */
export interface CompleteCheckpoint {
  readonly folder: string;
  /** When the marker was written, epoch milliseconds. */
  readonly markedAt: number;
}

const BY_NUMBER = new Intl.Collator('en', { numeric: true, sensitivity: 'variant' });

/** So that `step-10` comes after `step-9`. */
export function inNumericOrder(names: readonly string[]): readonly string[] {
  return names.toSorted((one, other) => BY_NUMBER.compare(one, other));
}

/** Where markers are of one moment, the name that comes last counts. */
export function latestOf(checkpoints: readonly CompleteCheckpoint[]): CompleteCheckpoint | undefined {
  return checkpoints
    .toSorted((one, other) => one.markedAt - other.markedAt || BY_NUMBER.compare(one.folder, other.folder))
    .at(-1);
}
