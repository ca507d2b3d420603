// The states of a job as they are shown: their order, their marks.
import type { JobState } from '../../domain/job/job-state';

type Kind = 'trouble' | 'waiting' | 'going' | 'good' | 'over';

/**
 * A mark that tells states apart without their colours. Those that ask for somebody come first, then what is going on,
 * then what is done.
 */
export const MARKS: Readonly<Record<JobState, { readonly mark: string; readonly kind: Kind }>> = {
  Failed: { mark: '✕', kind: 'trouble' },
  TimedOut: { mark: '◷', kind: 'trouble' },
  Rejected: { mark: '⊘', kind: 'trouble' },
  Queued: { mark: '○', kind: 'waiting' },
  Provisioning: { mark: '◔', kind: 'going' },
  Pulling: { mark: '◑', kind: 'going' },
  Running: { mark: '▶', kind: 'going' },
  Archiving: { mark: '◕', kind: 'going' },
  Succeeded: { mark: '✓', kind: 'good' },
  Canceled: { mark: '–', kind: 'over' },
};

/** All states; the table above has each, or it would not compile. */
export const STATES = Object.keys(MARKS) as readonly JobState[];
