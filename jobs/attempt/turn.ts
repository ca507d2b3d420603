// One turn of a story: fresh rows, the line of the protocol that applies to them, and a new reading when somebody was
// faster.
import type { AttemptRow } from '../../domain/attempt/attempt';
import { attemptOf, type StoryLine, storyLine } from '../../domain/attempt/story-line';
import type { JobPlan, JobRow } from '../../domain/job/job';
import { workloadName } from '../../domain/job/names';
import { type Settlement, settlementOf } from '../../domain/job/settlement';
import type { WorkloadRef } from '../../domain/ports/compute-backend';
import type { JobRecords, Versioned } from '../../domain/ports/job-store';
import type { Story, Turn } from '../../orchestrations/activity-contract';
import { onFreshRows, READ_AGAIN } from '../flow/read-again';
import type { Ports } from '../ports';

/** What an activity acts on: rows read in this very turn. */
export interface Scene {
  readonly records: JobRecords;
  readonly job: JobRow;
  readonly plan: JobPlan;
  readonly attempt: Versioned<AttemptRow>;
  readonly line: StoryLine;
  readonly settlement: Settlement;
  readonly ref: WorkloadRef;
  /** Wall time of the reading, epoch milliseconds. */
  readonly now: number;
}

export const GO_ON: Turn = { next: 'go-on' };
const STOP: Turn = { next: 'stop' };

/** Acts on fresh rows until not overtaken; a superseded story stops. */
export async function onTurn(
  ports: Pick<Ports, 'jobs' | 'clock' | 'times'>,
  story: Story,
  act: (scene: Scene) => Promise<Turn | typeof READ_AGAIN>,
): Promise<Turn> {
  return onFreshRows<Turn>(ports.jobs, story.jobId, async (records) => {
    const attempt = attemptOf(records, story);
    const plan = records?.job.row.plan;
    if (records === undefined || attempt === undefined || plan === undefined) return STOP;
    const now = ports.clock.now();
    const settlement = settlementOf(attempt.row, {
      plan,
      job: records.job.row,
      cancelPresent: records.cancel !== undefined,
      now,
      times: ports.times,
    });
    const job = records.job.row;
    const ref: WorkloadRef = {
      name: workloadName(job.jobId, attempt.row.number),
      placement: attempt.row.placement,
      owner: job.owner,
      jobId: job.jobId,
      attempt: attempt.row.number,
    };
    return act({
      records,
      job,
      plan,
      attempt,
      line: storyLine(records, attempt.row, settlement),
      settlement,
      ref,
      now,
    });
  });
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
