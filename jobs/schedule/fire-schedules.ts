// Fires schedules: each due fire makes exactly one job (I5). It runs at each tick, and after the kick that follows a
// workload's end.
import { messageOf } from '../../domain/errors';
import type { Versioned } from '../../domain/ports/job-store';
import type { ScheduleRow } from '../../domain/ports/schedule-store';
import { type KnownSchedule, knownSchedule, knownSchedules } from '../../domain/schedule/known-schedule';
import type { Schedule } from '../../domain/schedule/schedule';
import { isIdle } from '../../domain/schedule/schedule-due';
import { firstRow } from '../../domain/schedule/schedule-step';
import { inTurn } from '../flow/in-turn';
import { type FirePorts, fireSchedule } from './fire-schedule';

/** The most schedules that fire at once. Many fire at midnight, and the tick has other work too. */
const AT_ONCE = 8;

/**
 * Fires what is due and resolves to the ids of the jobs made. A schedule that fails is logged, and fires at the next
 * tick.
 */
export async function fireSchedules(ports: FirePorts): Promise<readonly string[]> {
  const known = knownSchedules(ports.configuredSchedules, await ports.schedules.list());
  tellDoublets(ports, known);
  const now = ports.clock.now();
  const busy = known.filter((one) => isBusy(one, now));
  const made = await inTurn(AT_ONCE, busy, (one, passOn) => {
    passOn();
    return fireOrTell(ports, one);
  });
  return made.flat();
}

/** A schedule whose state can't be told counts as having work. */
function isBusy({ schedule, stored }: KnownSchedule, now: number): boolean {
  try {
    return stored === undefined || !isIdle(schedule, stored.row, now);
  } catch {
    return true;
  }
}

/**
 * Called after the workload of one of its jobs is gone: a fire that waited for that becomes a job now, not at the next
 * tick.
 */
export async function fireWaiting(ports: FirePorts, name: string): Promise<void> {
  try {
    const stored = await ports.schedules.read(name);
    if (stored?.row.pending === undefined) return;
    const configured = ports.configuredSchedules.find((schedule) => schedule.name === name);
    const known = knownSchedule(configured, stored);
    if (known !== undefined) await fireSchedule(ports, known.schedule, stored);
  } catch (error) {
    tellFailure(ports, name, error);
  }
}

async function fireOrTell(ports: FirePorts, { schedule, stored }: KnownSchedule): Promise<readonly string[]> {
  try {
    const row = stored ?? (await firstStored(ports, schedule));
    return row === undefined ? [] : await fireSchedule(ports, schedule, row);
  } catch (error) {
    tellFailure(ports, schedule.name, error);
    return [];
  }
}

async function firstStored(
  ports: FirePorts,
  schedule: Schedule,
): Promise<Versioned<ScheduleRow> | undefined> {
  await ports.schedules.insert(firstRow(schedule, ports.clock.now()));
  return ports.schedules.read(schedule.name);
}

function tellFailure(ports: FirePorts, name: string, error: unknown): void {
  ports.log.error(`Schedule ${name} could not fire, again at the next tick: ${messageOf(error)}`);
}

function tellDoublets(ports: FirePorts, known: readonly KnownSchedule[]): void {
  for (const { name } of ports.configuredSchedules) {
    if (known.some(({ origin, schedule }) => origin === 'api' && schedule.name === name))
      ports.log.error(
        `Schedule ${name} is defined in GPU_JOBS_SCHEDULES and by the API; the API's fires, the setting's does not. Rename the one in the setting, or delete the other: DELETE /api/schedules/${name}.`,
      );
  }
}
