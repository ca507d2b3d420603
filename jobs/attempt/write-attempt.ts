// Writes the attempt's row as one step of a story read it, and no other version.
import type { AttemptRow } from '../../domain/attempt/attempt';
import { GO_ON, type StepResult } from '../../orchestrations/activity-contract';
import { READ_AGAIN } from '../flow/read-again';
import type { StoryPorts } from '../ports';
import type { Scene } from './scene';

/** Writes the attempt's row on the version that this step read. */
export async function writeAttempt(
  ports: StoryPorts,
  scene: Scene,
  row: AttemptRow,
): Promise<'done' | 'changed'> {
  return ports.jobs.commit(scene.job.jobId, [{ kind: 'replace-attempt', row, etag: scene.attempt.etag }]);
}

/** Writes the attempt's row and goes on, or has the step begin anew. */
export async function writeAndGoOn(
  ports: StoryPorts,
  scene: Scene,
  row: AttemptRow,
): Promise<StepResult | typeof READ_AGAIN> {
  return (await writeAttempt(ports, scene, row)) === 'done' ? GO_ON : READ_AGAIN;
}
