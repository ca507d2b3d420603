// One step of a story: reads the rows, does the line of protocol §4 that they call for, says when the next is due.
import { type StoryLine, storyLine } from '../../domain/attempt/story-line';
import { messageOf, RetryableError } from '../../domain/errors';
import type { StepResult, Story } from '../../orchestrations/activity-contract';
import { onFreshRows, READ_AGAIN } from '../flow/read-again';
import { announce } from '../job/announce';
import type { StoryPorts } from '../ports';
import { archiveTail } from './archive-tail';
import { createWorkload } from './create-workload';
import { observeWorkload } from './observe-workload';
import { removeWorkload } from './remove-workload';
import { requestRemoval } from './request-removal';
import { type Scene, sceneOf } from './scene';
import { settle } from './settle';

/**
 * Begins anew on fresh rows when another writer was faster; a story of an older epoch stops (I8). A line that only
 * writes rows is followed by the next at once. One that asks the platform is the last of its step, so no step lasts
 * longer than one exchange with the platform.
 * @throws RetryableError when the line could not be done now.
 */
export async function advance(ports: StoryPorts, story: Story): Promise<StepResult> {
  return onFreshRows<StepResult>(ports.jobs, story.jobId, async (records) => {
    const scene = sceneOf(ports, records, story);
    if (scene === undefined) return STOP;
    const line = storyLine(scene.records, scene.attempt.row, scene.settlement);
    try {
      return await follow(ports, scene, line);
    } catch (error) {
      throw new RetryableError(`${line.kind}: ${messageOf(error)}`, { ...story }, { cause: error });
    }
  });
}

const STOP: StepResult = { next: 'stop' };

async function follow(
  ports: StoryPorts,
  scene: Scene,
  line: StoryLine,
): Promise<StepResult | typeof READ_AGAIN> {
  switch (line.kind) {
    case 'create':
      return createWorkload(ports, scene);
    case 'observe':
      return observeWorkload(ports, scene);
    case 'archive':
      return archiveTail(ports, scene);
    case 'request-removal':
      return requestRemoval(ports, scene);
    case 'settle':
      await settle(ports, scene.records, scene.attempt, line.settlement);
      return READ_AGAIN;
    case 'announce':
      await announce(ports, scene.job.jobId);
      return READ_AGAIN;
    case 'remove':
      return removeWorkload(ports, scene);
    case 'finished':
      return STOP;
  }
}
