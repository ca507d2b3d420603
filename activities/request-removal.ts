// Step 4: the removal is asked for, whatever the answer; from here on the outcome waits for nothing (protocol §4.5).
import type { RemovalAnswer } from '../domain/compute-backend';
import { messageOf } from '../domain/errors';
import type { Ports } from '../jobs/ports';
import { withPromise } from '../jobs/story-promise';
import type { Activity } from '../orchestrations/activity-contract';
import { GO_ON, onTurn, type Scene, writeAndGoOn } from './turn';

type RemovalPorts = Pick<Ports, 'clock' | 'jobs' | 'backendOf' | 'times' | 'log'>;

export function requestRemoval(ports: RemovalPorts): Activity {
  return (story) =>
    onTurn(ports, story, async (scene) => {
      if (scene.line !== 'request-removal') return GO_ON;
      const answer = await sendDelete(ports, scene);
      const now = ports.clock.now();
      return writeAndGoOn(
        ports,
        scene,
        withPromise(
          {
            ...scene.attempt.row,
            cleanup: 'requested',
            removalRequestedAt: now,
            ...(answer === 'requested' ? { deleteSentAt: now } : {}),
          },
          now,
          0,
        ),
      );
    });
}

/** Reads the tags, deletes what is ours. A failure is an answer too: removing goes on until the workload is gone. */
export async function sendDelete(
  ports: Pick<RemovalPorts, 'backendOf' | 'log'>,
  scene: Scene,
): Promise<RemovalAnswer> {
  try {
    return await ports.backendOf(scene.ref.placement).remove(scene.ref);
  } catch (error) {
    ports.log.warn(`The delete of ${scene.ref.name} could not be sent now: ${messageOf(error)}`);
    return 'not-sent';
  }
}
