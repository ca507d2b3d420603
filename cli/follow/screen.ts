// Where a followed job is shown: as lines, as a live display, or as JSON.
import type { Follower } from './follow-job';

export interface Screen extends Follower {
  /**
   * How often to be called for a job that does not change, milliseconds: the screen shows values that grow by
   * themselves.
   */
  readonly refreshMs?: number;
  /** A line for a person. */
  readonly say: (text: string) => void;
  /** Shows the question until it is shown no more; undefined takes it back. */
  readonly ask: (question: string | undefined) => void;
  /** Leaves the output as it should stay. Repeated calls do nothing. */
  readonly close: () => void;
}
