// Where a job stands, in the words of its users; the rows' own states are fewer (job.ts).
import { z } from 'zod';

import type { AttemptRow } from '../attempt/attempt';
import type { JobRow } from './job';
import { OUTCOMES } from './outcome';

/** A waiting job is Queued. An active job is in its attempt's phase. A job that is over has its outcome. */
export const JOB_STATES = ['Queued', 'Provisioning', 'Pulling', 'Running', 'Archiving', ...OUTCOMES] as const;
export const jobStateSchema = z
  .enum(JOB_STATES)
  .meta({ id: 'JobState', description: 'A job that is over has its outcome as its state.' });
export type JobState = z.infer<typeof jobStateSchema>;

/** `current`: the row of the attempt that the job's row names; its phase is the state while it is active. */
export function jobState(
  { state, outcome }: Pick<JobRow, 'state' | 'outcome'>,
  current: Pick<AttemptRow, 'phase'> | undefined,
): JobState {
  if (state === 'over') return outcome ?? 'Rejected';
  if (state === 'waiting' || current === undefined) return 'Queued';
  switch (current.phase) {
    case 'provisioning':
      return 'Provisioning';
    case 'pulling':
      return 'Pulling';
    case 'running':
      return 'Running';
    case 'archiving':
      return 'Archiving';
  }
}
