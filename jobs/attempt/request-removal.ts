// The removal is asked for, whatever the answer; from here on the outcome waits for nothing (protocol §4.5).
import { withRemovalLook } from '../../domain/attempt/after-look';
import type { AttemptRow } from '../../domain/attempt/attempt';
import { mayStillAppear } from '../../domain/attempt/fate';
import { messageOf } from '../../domain/errors';
import type { RemovalAnswer } from '../../domain/ports/compute-backend';
import type { StepResult } from '../../orchestrations/activity-contract';
import type { READ_AGAIN } from '../flow/read-again';
import { sharePause } from '../placement/share-pause';
import type { StoryPorts } from '../ports';
import type { Scene } from './scene';
import { withPromise } from './story-promise';
import { writeAndGoOn } from './write-attempt';

export async function requestRemoval(
  ports: StoryPorts,
  scene: Scene,
): Promise<StepResult | typeof READ_AGAIN> {
  const { sent, observation } = await sendDelete(ports, scene);
  const now = ports.clock.now();
  const row: AttemptRow = {
    ...withRemovalLook(scene.attempt.row, observation, now),
    cleanup: 'requested',
    removalRequestedAt: now,
    ...(sent === 'delete' ? { deleteSentAt: now } : {}),
  };
  return writeAndGoOn(ports, scene, withPromise(row, now, 0, ports.times));
}

/**
 * Reads the marks and takes the next step of removing what is ours. A failure counts as an answer too, because removing
 * goes on until the workload is gone.
 */
export async function sendDelete(ports: StoryPorts, scene: Scene): Promise<RemovalAnswer> {
  try {
    const known = { mayStillAppear: mayStillAppear(scene.attempt.row, scene.now, ports.times) };
    return await ports.backendOf(scene.ref.placement).remove(scene.ref, known);
  } catch (error) {
    const why = messageOf(error);
    ports.log.warn(`The delete of ${scene.ref.name} could not be sent now: ${why}`);
    await sharePause(ports, scene.ref.placement); // If there were too many requests, creates wait; deletes never do.
    return { sent: 'nothing', observation: { kind: 'unreadable', why, scopeMissing: false } };
  }
}
