// Looks at a group again and again until its last member is over.
import { setTimeout as sleep } from 'node:timers/promises';

import type { GroupView } from '../../api/groups';
import type { GpuJobsClient } from '../../client/gpu-jobs-client';
import type { JobSummary } from '../../domain/lists/job-summary';
import { type ExitCode, exitCodeOf } from '../exit-codes';

/** Between two looks, milliseconds. */
const LOOK_EVERY_MS = 2_000;

export interface FollowedGroup {
  readonly group: GroupView;
  /** By their indexes. */
  readonly jobs: readonly JobSummary[];
}

/** `onLook` is told each look. Resolves with the last; rejects with the signal's reason when it is aborted. */
export async function followGroup(
  client: GpuJobsClient,
  id: string,
  onLook: (look: FollowedGroup) => void,
  signal: AbortSignal,
): Promise<FollowedGroup> {
  for (;;) {
    const group = await client.groups.get(id);
    const look = { group, jobs: await client.groups.members(id) };
    signal.throwIfAborted();
    onLook(look);
    if (group.endedAt !== undefined) return look;
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** The highest of its members' exit codes, as `sbatch --wait` has it of a job array. */
export function exitCodeOfGroup(jobs: readonly JobSummary[]): ExitCode {
  return Math.max(0, ...jobs.map(exitCodeOf));
}
