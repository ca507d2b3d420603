// Looks at the workload once, archives its new log bytes and updates a row that has changed (protocol §4.2, §4.3).
import { afterLook } from '../../domain/attempt/after-look';
import type { AttemptRow } from '../../domain/attempt/attempt';
import { pollIntervalMs } from '../../domain/attempt/poll-interval';
import { messageOf } from '../../domain/errors';
import { capacityNews } from '../../domain/placement/capacity';
import type { Observation } from '../../domain/ports/compute-backend';
import { GO_ON, type StepResult } from '../../orchestrations/activity-contract';
import { READ_AGAIN } from '../flow/read-again';
import type { ArchivedLogs } from '../logs/archive-logs';
import { heldPlaces } from '../placement/held-places';
import { tellCapacity } from '../placement/tell-capacity';
import type { StoryPorts } from '../ports';
import { archiveNewBytes } from './archive-new-bytes';
import type { Scene } from './scene';
import { promiseLapses, withPromise } from './story-promise';
import { writeAttempt } from './write-attempt';

export async function observeWorkload(
  ports: StoryPorts,
  scene: Scene,
): Promise<StepResult | typeof READ_AGAIN> {
  const before = scene.attempt.row;
  const observation = await ports.backendOf(before.placement).observe(scene.ref);
  const now = ports.clock.now();
  const looked = afterLook(before, {
    observation,
    cancelPresent: scene.records.cancel !== undefined,
    deadlines: scene.plan.deadlines,
    rerunAllowed: scene.plan.retry.rerunAfterStart,
    sentAt: scene.now,
    now,
    times: ports.times,
  });
  const archived = await archiveWhatRuns(ports, scene, observation);
  const after: AttemptRow = { ...looked, logBytes: archived?.bytes ?? before.logBytes };

  const leastMs = ports.pace.leastPollMs(before.placement);
  const intervalMs = pollIntervalMs({
    inStateMs: now - after.phaseSince,
    floorMs: ports.pollFloorMs,
    budget: {
      heldPlaces: await heldPlaces(ports, before.placement),
      requests: ports.factsOf(before.placement).traits.requests,
    },
    leastMs,
    keptMs: archived?.keptMs,
  });
  // What the platform has of a log now, it may have no longer at the next regular look.
  const afterMs = archived?.hasMore === true ? leastMs : intervalMs;
  // This comes before the row's write, because the look that changes the row is the one that tells it. The write that
  // frees the place tells it at the latest.
  if (capacityNews(after).kind !== capacityNews(before).kind) await tellCapacity(ports, after);
  if (isWorthAWrite(before, after) || promiseLapses(before, now, afterMs, ports.times)) {
    const row = withPromise(after, now, afterMs, ports.times);
    if ((await writeAttempt(ports, scene, row)) === 'changed') return READ_AGAIN;
  }
  return after.verdict === undefined ? { next: 'look-again', afterMs } : GO_ON;
}

/** A log that can't be archived now must not keep us from seeing how the program ended. */
async function archiveWhatRuns(
  ports: StoryPorts,
  scene: Scene,
  observation: Observation,
): Promise<ArchivedLogs | undefined> {
  if (observation.kind !== 'present' || observation.workload.started === 'no') return undefined;
  try {
    return await archiveNewBytes(ports, scene, false);
  } catch (error) {
    ports.log.warn(`The log of ${scene.ref.name} could not be archived at this look: ${messageOf(error)}`);
    return undefined;
  }
}

/** More log bytes alone are not worth a write, the first ones are: they make the log readable. */
function isWorthAWrite(before: AttemptRow, after: AttemptRow): boolean {
  if (before.logBytes === 0 && after.logBytes > 0) return true;
  return JSON.stringify({ ...before, logBytes: 0 }) !== JSON.stringify({ ...after, logBytes: 0 });
}
