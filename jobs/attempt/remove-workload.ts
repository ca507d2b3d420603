// Looks at a workload that is to go, and deletes it where that is due, until it is gone, confirmed (protocol §4.7, I4).
import { overdueEvent } from '../../api/views/job-event';
import { isLongAbsent } from '../../domain/attempt/absence';
import { withRemovalLook } from '../../domain/attempt/after-look';
import type { AttemptRow } from '../../domain/attempt/attempt';
import { mayStillAppear } from '../../domain/attempt/fate';
import { withGone } from '../../domain/attempt/gone';
import { pollIntervalMs } from '../../domain/attempt/poll-interval';
import type { ProtocolTimes } from '../../domain/attempt/protocol-times';
import type { Observation, RemovalAnswer } from '../../domain/ports/compute-backend';
import type { StepResult } from '../../orchestrations/activity-contract';
import { READ_AGAIN } from '../flow/read-again';
import { billingOf } from '../placement/billing';
import { goneKick } from '../placement/kick';
import type { StoryPorts } from '../ports';
import { sendDelete } from './request-removal';
import type { Scene } from './scene';
import { promiseLapses, withPromise } from './story-promise';
import { writeAttempt } from './write-attempt';

/** While what holds the placement's workloads is itself missing, there is nothing to ask more often. Milliseconds. */
const MISSING_SCOPE_LOOK_MS = 60 * 60_000;

export async function removeWorkload(
  ports: StoryPorts,
  scene: Scene,
): Promise<StepResult | typeof READ_AGAIN> {
  const before = scene.attempt.row;
  const { sent, observation } = await lookOrDelete(ports, scene);
  const now = ports.clock.now();
  const looked = withRemovalLook(before, observation, now);
  if (isGone(looked, observation, scene.now, ports)) {
    const billing = billingOf(ports, before.placement);
    const gone = withPromise(withGone(looked, scene.plan, billing, now), now, 0, ports.times);
    if ((await writeAttempt(ports, scene, gone)) === 'done') {
      await ports.kicks.send(goneKick(scene.ref.placement, scene.ref.name, scene.job.schedule));
    }
    return READ_AGAIN;
  }
  const removingMs = now - (before.removalRequestedAt ?? now);
  const scopeMissing = observation.kind === 'unreadable' && observation.scopeMissing;
  const isOverdue = scopeMissing || removingMs > ports.times.overdueS * 1000;
  // Before the mark: at least once.
  if (isOverdue && before.overdueSince === undefined) await announceOverdue(ports, scene, now);
  const after: AttemptRow = {
    ...looked,
    ...(isOverdue ? { overdueSince: before.overdueSince ?? now } : {}),
    ...(sent === 'delete' ? { deleteSentAt: now } : {}),
  };
  const interval = pollIntervalMs({ inStateMs: removingMs, floorMs: ports.pollFloorMs });
  const afterMs = scopeMissing ? missingScopeLookMs(scene, removingMs, interval, ports) : interval;
  if (JSON.stringify(after) !== JSON.stringify(before) || promiseLapses(before, now, afterMs, ports.times)) {
    const row = withPromise(after, now, afterMs, ports.times);
    if ((await writeAttempt(ports, scene, row)) === 'changed') return READ_AGAIN;
  }
  return { next: 'look-again', afterMs };
}

/** A job that waits for this removal before its next attempt waits no longer than the overdue time (protocol §4.6). */
function missingScopeLookMs(
  { settlement }: Scene,
  removingMs: number,
  interval: number,
  { times }: StoryPorts,
): number {
  if (settlement.kind !== 'wait') return MISSING_SCOPE_LOOK_MS;
  const untilOverdueMs = times.overdueS * 1000 - removingMs + 1;
  return Math.min(MISSING_SCOPE_LOOK_MS, Math.max(interval, untilOverdueMs));
}

async function announceOverdue(ports: StoryPorts, { ref }: Scene, now: number): Promise<void> {
  const { jobId, attempt, placement, owner } = ref;
  ports.log.error(`ALARM: workload ${ref.name} outlives its removal.`);
  await ports.events.send(JSON.stringify(overdueEvent({ jobId, attempt, placement }, owner, now)));
}

/** A look; a delete too when the last one was long enough ago. */
async function lookOrDelete(ports: StoryPorts, scene: Scene): Promise<RemovalAnswer> {
  const { row } = scene.attempt;
  if (mayDeleteAgain(row, scene.now, ports)) return sendDelete(ports, scene);
  return { sent: 'nothing', observation: await ports.backendOf(row.placement).observe(scene.ref) };
}

/**
 * Whether this look proves that the workload is gone: a 404 of this very name, or a stranger's workload in its place,
 * once no create can take effect any more [W_GONE1]. `sentAt` is when the look was sent: its answer speaks of that
 * moment, and this process may have stood still since.
 */
function isGone(row: AttemptRow, observation: Observation, sentAt: number, { times }: StoryPorts): boolean {
  if (observation.kind !== 'absent' && observation.kind !== 'foreign') return false;
  if (mayStillAppear(row, sentAt, times)) return false;
  return observation.kind === 'foreign' || isCredible404(row, sentAt, times);
}

/**
 * Whether a 404 can't be a stray one: there is no workload to hide, or our delete was answered, or it has been absent
 * for longer than a stray 404 lasts.
 */
function isCredible404(row: AttemptRow, sentAt: number, times: ProtocolTimes): boolean {
  const wasCreated = row.intent.kind === 'set' && row.answer !== 'refused';
  return !wasCreated || row.deleteSentAt !== undefined || isLongAbsent(row, sentAt, times);
}

function mayDeleteAgain(row: AttemptRow, now: number, { times }: StoryPorts): boolean {
  return row.deleteSentAt === undefined || now - row.deleteSentAt >= times.deleteAgainS * 1000;
}
