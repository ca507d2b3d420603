// What one step of a story acts on.
import type { AttemptRow } from '../../domain/attempt/attempt';
import { attemptDrivenBy } from '../../domain/attempt/story-line';
import type { JobPlan, JobRow } from '../../domain/job/job';
import { workloadName } from '../../domain/job/names';
import { type Settlement, settlementOf } from '../../domain/job/settlement';
import type { WorkloadRef } from '../../domain/ports/compute-backend';
import type { JobRecords, Versioned } from '../../domain/ports/job-store';
import type { Story } from '../../orchestrations/activity-contract';
import type { StoryPorts } from '../ports';

/** Rows read in this very step, and what follows from them. */
export interface Scene {
  readonly records: JobRecords;
  readonly job: JobRow;
  readonly plan: JobPlan;
  readonly attempt: Versioned<AttemptRow>;
  readonly settlement: Settlement;
  readonly ref: WorkloadRef;
  /** Wall time of the reading, epoch milliseconds. */
  readonly now: number;
}

/** Undefined when the story is not the one that drives the attempt, or there is none. */
export function sceneOf(ports: StoryPorts, records: JobRecords | undefined, story: Story): Scene | undefined {
  const attempt = attemptDrivenBy(records, story);
  const plan = records?.job.row.plan;
  if (records === undefined || attempt === undefined || plan === undefined) return undefined;
  const now = ports.clock.now();
  const job = records.job.row;
  const settlement = settlementOf(attempt.row, {
    plan,
    job,
    cancelPresent: records.cancel !== undefined,
    now,
    times: ports.times,
  });
  const ref: WorkloadRef = {
    name: workloadName(job.jobId, attempt.row.number),
    placement: attempt.row.placement,
    owner: job.owner,
    jobId: job.jobId,
    attempt: attempt.row.number,
  };
  return { records, job, plan, attempt, settlement, ref, now };
}
