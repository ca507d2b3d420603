// Fires one schedule: each due fire is claimed in its row, becomes a job, and is noted. A step that is cut off is
// continued by the next tick.
//
// The claim is written before the job, on the version that was read. So if several instances fire at once, only one
// decides what becomes of the fire. The job is made under the fire's key, so however many instances make it, it is one
// job (I5). A claim may wait for an earlier workload to be gone. It is looked at again at each tick, and when that
// workload is gone.
import type { Versioned } from '../../domain/ports/job-store';
import type { ScheduleRow } from '../../domain/ports/schedule-store';
import { fireKey, type Schedule, timingOf } from '../../domain/schedule/schedule';
import { type DueFires, dueFires, mustCountAnew } from '../../domain/schedule/schedule-due';
import { claimed, countedAnew, fired, passedOver } from '../../domain/schedule/schedule-step';
import type { InvocationPorts, SchedulePorts, SubmitPorts } from '../ports';
import { endEarlier, stillThere } from './earlier-jobs';
import { makeScheduledJob } from './scheduled-job';

/** To make jobs of fires, and to end the jobs that a fire replaces. */
export interface FirePorts extends SubmitPorts, SchedulePorts, InvocationPorts {}

/** More steps than the fires of one grace period need. The next tick does the rest. */
const MOST_STEPS = 40;

interface Step {
  readonly row: ScheduleRow;
  readonly jobId?: string;
}

/** Resolves to the ids of the jobs that it made or found made. */
export async function fireSchedule(
  ports: FirePorts,
  schedule: Schedule,
  stored: Versioned<ScheduleRow>,
): Promise<readonly string[]> {
  const made: string[] = [];
  let current: Versioned<ScheduleRow> | undefined = stored;
  for (let steps = 0; current !== undefined && steps < MOST_STEPS; steps += 1) {
    const step: Step | undefined = await nextStep(ports, schedule, current.row);
    if (step === undefined) break;
    if (step.jobId !== undefined) made.push(step.jobId);
    // Whether the write succeeded or another was faster, the row says what is next.
    await ports.schedules.write(step.row, current.etag);
    current = await ports.schedules.read(schedule.name);
  }
  return [...new Set(made)];
}

/** Undefined when there is nothing to do for now. */
async function nextStep(ports: FirePorts, schedule: Schedule, row: ScheduleRow): Promise<Step | undefined> {
  const now = ports.clock.now();
  if (mustCountAnew(row, timingOf(schedule), now)) {
    if (row.firedThrough > now)
      ports.log.warn(
        `Schedule ${row.name} had fired through ${iso(row.firedThrough)}, which is still to come: a clock was wrong. It counts from now on.`,
      );
    return { row: countedAnew(row, timingOf(schedule), now) };
  }
  const due = row.paused ? { fires: [] } : dueFires(schedule, row, now);
  if (row.pending !== undefined) return goOn(ports, schedule, row, row.pending, due);
  if (due.missed !== undefined) return { row: miss(ports, row, due.missed, now) };
  const [fireAt] = due.fires;
  if (fireAt === undefined) return undefined;
  if (schedule.overlap !== 'skip') return { row: claimed(row, fireAt, now) };
  const there = await stillThere(ports.jobs, row.jobs);
  if (there.length === 0) return { row: claimed(row, fireAt, now, []) };
  const detail = `Job ${there.join(', ')} of an earlier fire is not over and gone.`;
  return { row: passedOver({ ...row, jobs: [...there] }, fireAt, { action: 'skipped', detail }, now) };
}

/** Makes the claimed fire's job as soon as the overlap policy lets it. */
async function goOn(
  ports: FirePorts,
  schedule: Schedule,
  row: ScheduleRow,
  pending: NonNullable<ScheduleRow['pending']>,
  due: DueFires,
): Promise<Step | undefined> {
  const there = await mayNotMeet(ports, schedule, row);
  const now = ports.clock.now();
  if (there.length === 0) {
    const made = await makeScheduledJob(ports, schedule, fireKey(row.name, row.incarnation, pending.fireAt));
    const left = schedule.overlap === 'allow' ? row.jobs : [];
    return { row: fired(row, pending, made, left, now), jobId: made.jobId };
  }
  const newer = due.fires.at(-1);
  if (newer === undefined) return undefined;
  const detail = `The fire of ${iso(newer)} took its place while it waited for ${there.join(', ')} to be gone.`;
  return {
    row: claimed(passedOver(row, pending.fireAt, { action: 'skipped', detail }, now), newer, now, [...there]),
  };
}

/** The earlier jobs that keep a new job from being made now. Those to be replaced have been asked to end. */
async function mayNotMeet(
  ports: FirePorts,
  schedule: Schedule,
  row: ScheduleRow,
): Promise<readonly string[]> {
  switch (schedule.overlap) {
    case 'allow':
      return [];
    case 'skip':
      return stillThere(ports.jobs, row.jobs);
    case 'replace':
      return endEarlier(ports, row.jobs);
  }
}

function miss(ports: FirePorts, row: ScheduleRow, missed: number, now: number): ScheduleRow {
  const detail = `Nobody was there in time: decided through ${iso(row.firedThrough)} only, at ${iso(now)}.`;
  ports.log.warn(`Schedule ${row.name} missed its fire of ${iso(missed)}. ${detail}`);
  return passedOver(row, missed, { action: 'missed', detail }, now);
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
