// Step 3: the rest of the log, or as much as its deadline allows; then the removal is due (protocol §4.4).
import type { AttemptRow } from '../domain/attempt';
import { messageOf } from '../domain/errors';
import { pollIntervalMs } from '../domain/poll-interval';
import { abandonLogs } from '../jobs/archive-logs';
import type { Ports } from '../jobs/ports';
import { READ_AGAIN } from '../jobs/read-again';
import { promiseLapses, withPromise } from '../jobs/story-promise';
import type { Activity, Turn } from '../orchestrations/activity-contract';
import { archiveNewBytes, type ArchivePorts, logRefOf } from './archive-new-bytes';
import { GO_ON, onTurn, type Scene, writeAndGoOn, writeAttempt } from './turn';

type TailPorts = ArchivePorts & Pick<Ports, 'clock' | 'jobs' | 'times' | 'pollFloorMs' | 'log'>;

export function archiveTail(ports: TailPorts): Activity {
  return (story) => onTurn(ports, story, (scene) => archive(ports, scene));
}

async function archive(ports: TailPorts, scene: Scene): Promise<Turn | typeof READ_AGAIN> {
  if (scene.line !== 'archive') return GO_ON;
  const { row } = scene.attempt;
  const due = (logBytes: number): AttemptRow =>
    withPromise({ ...row, logBytes, cleanup: 'due' }, ports.clock.now(), 0, ports.times);
  if (!mayHaveLog(row)) return writeAndGoOn(ports, scene, due(row.logBytes));

  // Money beats logs (design §4): past the deadline the rest is marked as missing and the workload goes.
  const inStateMs = scene.now - row.phaseSince;
  const isLate = inStateMs >= scene.plan.deadlines.archiving * 1000;
  const archived = await tail(ports, scene, isLate);
  if (archived !== undefined) return writeAndGoOn(ports, scene, due(archived));
  if (isLate) return writeAndGoOn(ports, scene, due(row.logBytes));
  const afterMs = pollIntervalMs({ inStateMs, floorMs: ports.pollFloorMs, heldPlaces: 0 });
  if (promiseLapses(row, scene.now, afterMs, ports.times)) {
    const promised = withPromise(row, scene.now, afterMs, ports.times);
    if ((await writeAttempt(ports, scene, promised)) === 'changed') return READ_AGAIN;
  }
  return { next: 'look-again', afterMs };
}

/** The archive's length once it is closed; undefined when it could not be completed at this look. */
async function tail(ports: TailPorts, scene: Scene, isLate: boolean): Promise<number | undefined> {
  try {
    const archived = await archiveNewBytes(ports, scene, true);
    if (archived.unavailable === undefined) return archived.bytes;
    if (!isLate && !isLost(scene.attempt.row)) return undefined;
    return (await abandonLogs(ports.logArchive, logRefOf(scene), archived.unavailable)).bytes;
  } catch (error) {
    const why = messageOf(error);
    ports.log.warn(`The rest of the log of ${scene.ref.name} could not be archived at this look: ${why}`);
    return isLate ? closed(ports, scene, why) : undefined;
  }
}

/** Closes the log without its end; where even that fails the workload goes all the same. */
async function closed(ports: TailPorts, scene: Scene, why: string): Promise<number | undefined> {
  try {
    return (await abandonLogs(ports.logArchive, logRefOf(scene), why)).bytes;
  } catch (error) {
    ports.log.error(`The log of ${scene.ref.name} could not be closed: ${messageOf(error)}`);
    return undefined;
  }
}

/** A program that never started printed nothing. */
function mayHaveLog(row: AttemptRow): boolean {
  return row.seen && row.startShown;
}

/** A workload that vanished took its log along: there is nothing to wait for. */
function isLost(row: AttemptRow): boolean {
  return row.verdict?.kind === 'failed' && row.verdict.reason.code === 'lost';
}
