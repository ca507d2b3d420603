// What one step of a story acts on, and how it writes the attempt's row.
import type { AttemptRow } from '../../domain/attempt/attempt';
import { attemptOf } from '../../domain/attempt/story-line';
import type { JobPlan, JobRow } from '../../domain/job/job';
import { workloadName } from '../../domain/job/names';
import { type Settlement, settlementOf } from '../../domain/job/settlement';
import type { WorkloadRef } from '../../domain/ports/compute-backend';
import type { JobRecords, Versioned } from '../../domain/ports/job-store';
import type { Story, Turn } from '../../orchestrations/activity-contract';
import { READ_AGAIN } from '../flow/read-again';
import type { Ports } from '../ports';

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

export const GO_ON: Turn = { next: 'go-on' };

/** Undefined when the story is not the one that drives the attempt, or there is none. */
export function sceneOf(
  ports: Pick<Ports, 'clock' | 'times'>,
  records: JobRecords | undefined,
  story: Story,
): Scene | undefined {
  const attempt = attemptOf(records, story);
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

/** Writes the attempt's row on the version that this turn read. */
export async function writeAttempt(
  ports: Pick<Ports, 'jobs'>,
  scene: Scene,
  row: AttemptRow,
): Promise<'done' | 'changed'> {
  return ports.jobs.commit(scene.job.jobId, [{ kind: 'replace-attempt', row, etag: scene.attempt.etag }]);
}

/** Writes the attempt's row and goes on, or has the turn begin anew. */
export async function writeAndGoOn(
  ports: Pick<Ports, 'jobs'>,
  scene: Scene,
  row: AttemptRow,
): Promise<Turn | typeof READ_AGAIN> {
  return (await writeAttempt(ports, scene, row)) === 'done' ? GO_ON : READ_AGAIN;
}
