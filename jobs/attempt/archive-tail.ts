// The rest of the log, or as much as its deadline allows; then the removal is due (protocol §4.4).
import type { AttemptRow } from '../../domain/attempt/attempt';
import { mayHaveLog, withRemovalDue } from '../../domain/attempt/log-due';
import { pollIntervalMs } from '../../domain/attempt/poll-interval';
import { messageOf } from '../../domain/errors';
import { reason } from '../../domain/job/failure-reason';
import type { StepResult } from '../../orchestrations/activity-contract';
import { READ_AGAIN } from '../flow/read-again';
import { abandonLogs } from '../logs/archive-logs';
import type { StoryPorts } from '../ports';
import { archiveNewBytes, logRefOf } from './archive-new-bytes';
import type { Scene } from './scene';
import { promiseLapses, withPromise } from './story-promise';
import { writeAndGoOn, writeAttempt } from './write-attempt';

export async function archiveTail(ports: StoryPorts, scene: Scene): Promise<StepResult | typeof READ_AGAIN> {
  const { row } = scene.attempt;
  const { logSources } = ports.factsOf(row.placement);
  const due = (logBytes: number): AttemptRow =>
    withPromise(
      withRemovalDue({ ...row, logBytes }, logSources, ports.clock.now()),
      ports.clock.now(),
      0,
      ports.times,
    );
  if (!mayHaveLog(row)) return writeAndGoOn(ports, scene, due(row.logBytes));

  // Money goes before logs (protocol §4.4): past the deadline the rest is marked as missing and the workload is
  // removed.
  const inStateMs = scene.now - row.phaseSince;
  const limitS = Math.min(scene.plan.deadlines.archiving, isStopped(row) ? SHORT_TAIL_S : Infinity);
  const isLate = inStateMs >= limitS * 1000;
  const archived = await tail(ports, scene, isLate);
  if (archived !== undefined) {
    const { bytes, missing } = archived;
    const why = `The end of the log was not to be had within ${limitS} s: ${missing ?? ''}`;
    const late = missing === undefined ? {} : { archivingReason: reason('archiving-deadline', why) };
    return writeAndGoOn(ports, scene, { ...due(bytes), ...late });
  }
  const afterMs = pollIntervalMs({ inStateMs, floorMs: ports.pollFloorMs });
  if (promiseLapses(row, scene.now, afterMs, ports.times)) {
    const promised = withPromise(row, scene.now, afterMs, ports.times);
    if ((await writeAttempt(ports, scene, promised)) === 'changed') return READ_AGAIN;
  }
  return { next: 'look-again', afterMs };
}

/**
 * A program that must be stopped still costs money, so it gets this many seconds for the end of its log and no more
 * (docs/model/README.md#where-the-code-does-less-or-more-than-the-model).
 */
const SHORT_TAIL_S = 15;

const MORE_LEFT = 'More of it was left than could be read in time.';

function isStopped(row: AttemptRow): boolean {
  return row.verdict?.kind === 'canceled' || row.verdict?.kind === 'timed-out';
}

/** The closed archive's length; `missing`: why it lacks its end, when the deadline is to blame. */
interface Tail {
  readonly bytes: number;
  readonly missing?: string;
}

/**
 * Undefined when the archive could not be completed at this look. Never undefined when it is too late for another look.
 */
async function tail(ports: StoryPorts, scene: Scene, isLate: boolean): Promise<Tail | undefined> {
  try {
    const archived = await archiveNewBytes(ports, scene, true);
    const { unavailable = archived.hasMore === true ? MORE_LEFT : undefined } = archived;
    if (unavailable === undefined) return archived;
    if (isLate) return await closed(ports, scene, unavailable);
    if (archived.hasMore === true || !isLost(scene.attempt.row)) return undefined;
    return { bytes: (await abandonLogs(ports.logArchive, logRefOf(scene), unavailable)).bytes };
  } catch (error) {
    const why = messageOf(error);
    ports.log.warn(`The rest of the log of ${scene.ref.name} could not be archived at this look: ${why}`);
    return isLate ? closed(ports, scene, why) : undefined;
  }
}

/** Closes the log without its end. If even that fails, the workload is removed all the same. */
async function closed(ports: StoryPorts, scene: Scene, missing: string): Promise<Tail> {
  try {
    return { bytes: (await abandonLogs(ports.logArchive, logRefOf(scene), missing)).bytes, missing };
  } catch (error) {
    ports.log.error(`The log of ${scene.ref.name} could not be closed: ${messageOf(error)}`);
    return { bytes: scene.attempt.row.logBytes, missing };
  }
}

/** A workload that vanished took its log with it, so there is nothing to wait for. */
function isLost(row: AttemptRow): boolean {
  return row.verdict?.kind === 'failed' && row.verdict.reason.code === 'lost';
}
