// Defines, pauses, resumes and removes schedules while ticks fire them. Every write is conditional on what was read.
import { RetryableError } from '../../domain/errors';
import type { Versioned } from '../../domain/ports/job-store';
import type { ScheduleRow } from '../../domain/ports/schedule-store';
import { type KnownSchedule, knownSchedule, knownSchedules } from '../../domain/schedule/known-schedule';
import type { Schedule, ScheduleDefinition } from '../../domain/schedule/schedule';
import { firstRow, redefined, withPaused } from '../../domain/schedule/schedule-step';
import { READ_AGAIN } from '../flow/read-again';
import type { SchedulePorts } from '../ports';

export type ChangedSchedule =
  | { readonly kind: 'done'; readonly known: KnownSchedule; readonly created: boolean }
  | { readonly kind: 'no-such-schedule' }
  /** Only GPU_JOBS_SCHEDULES defines and removes it. */
  | { readonly kind: 'from-settings' }
  /** The schedule is not what the caller's condition says. */
  | { readonly kind: 'not-as-asked'; readonly etag: string | undefined };

/** What a caller asks of the schedule before it is changed. */
export interface Condition {
  /** An ETag, or `*` for any. */
  readonly ifMatch?: string | undefined;
  /** The schedule must not exist yet. */
  readonly isNew?: boolean;
}

/** Ticks write a row a few times a minute at most. */
const MAX_READS = 10;

export async function listSchedules(ports: SchedulePorts): Promise<readonly KnownSchedule[]> {
  return knownSchedules(ports.configuredSchedules, await ports.schedules.list());
}

export async function readSchedule(ports: SchedulePorts, name: string): Promise<KnownSchedule | undefined> {
  return knownSchedule(configured(ports, name), await ports.schedules.read(name));
}

/** Defines a schedule, or defines it anew. The same definition again changes nothing. `paused` left out: as it is. */
export async function putSchedule(
  ports: SchedulePorts,
  name: string,
  definition: ScheduleDefinition,
  paused: boolean | undefined,
  condition: Condition,
): Promise<ChangedSchedule> {
  const schedule: Schedule = { name, ...definition };
  return onFreshRow(ports, name, async (known, stored) => {
    if (known?.origin === 'settings') return { kind: 'from-settings' };
    if (!meets(condition, known)) return notAsAsked(known);
    const now = ports.clock.now();
    const before =
      known?.stored?.row ?? firstRow(schedule, now, { definition, incarnation: ports.newNonce() });
    const row = withPaused(redefined(before, schedule, definition, now), paused ?? before.paused, now);
    return write(ports, stored, row, known === undefined);
  });
}

/** Pauses a schedule, or resumes it. */
export async function pauseSchedule(
  ports: SchedulePorts,
  name: string,
  paused: boolean,
): Promise<ChangedSchedule> {
  return onFreshRow(ports, name, async (known, stored) => {
    if (known === undefined) return { kind: 'no-such-schedule' };
    const now = ports.clock.now();
    const row = withPaused(stored?.row ?? firstRow(known.schedule, now), paused, now);
    return write(ports, stored, row, false);
  });
}

/** Removes a schedule. Its jobs go on; a fire that waits for an earlier workload is dropped. */
export async function removeSchedule(
  ports: SchedulePorts,
  name: string,
  condition: Condition,
): Promise<Exclude<ChangedSchedule, { kind: 'done' }> | { readonly kind: 'removed' }> {
  return onFreshRow(ports, name, async (known, stored) => {
    if (known?.origin === 'settings') return { kind: 'from-settings' };
    if (known === undefined || stored === undefined) return { kind: 'no-such-schedule' };
    if (!meets(condition, known)) return notAsAsked(known);
    return (await ports.schedules.remove(name, stored.etag)) === 'done' ? { kind: 'removed' } : READ_AGAIN;
  });
}

/**
 * Changes the row of an existing schedule, and stores the row if no tick has done so yet. Undefined when the schedule
 * does not exist.
 */
export async function changeRow(
  ports: SchedulePorts,
  name: string,
  change: (row: ScheduleRow) => ScheduleRow,
): Promise<KnownSchedule | undefined> {
  const changed = await onFreshRow(ports, name, async (known, stored) => {
    if (known === undefined) return 'none';
    return write(ports, stored, change(stored?.row ?? firstRow(known.schedule, ports.clock.now())), false);
  });
  return changed === 'none' ? undefined : changed.known;
}

/** Starts again whenever another writer was faster. */
async function onFreshRow<T>(
  ports: SchedulePorts,
  name: string,
  act: (
    known: KnownSchedule | undefined,
    stored: Versioned<ScheduleRow> | undefined,
  ) => Promise<T | typeof READ_AGAIN>,
): Promise<T> {
  for (let reads = 0; reads < MAX_READS; reads += 1) {
    const stored = await ports.schedules.read(name);
    const result = await act(knownSchedule(configured(ports, name), stored), stored);
    if (result !== READ_AGAIN) return result;
  }
  throw new RetryableError(`Schedule ${name} changed ${MAX_READS} times while it was being read; try again.`);
}

async function write(
  ports: SchedulePorts,
  stored: Versioned<ScheduleRow> | undefined,
  row: ScheduleRow,
  created: boolean,
): Promise<Extract<ChangedSchedule, { kind: 'done' }> | typeof READ_AGAIN> {
  if (JSON.stringify(row) !== JSON.stringify(stored?.row)) {
    const written =
      stored === undefined
        ? (await ports.schedules.insert(row)) === 'inserted'
        : (await ports.schedules.write(row, stored.etag)) === 'done';
    if (!written) return READ_AGAIN;
  }
  const known = await readSchedule(ports, row.name);
  // Another caller has removed it since, so that one came last.
  return known === undefined ? READ_AGAIN : { kind: 'done', known, created };
}

function meets({ ifMatch, isNew }: Condition, known: KnownSchedule | undefined): boolean {
  if (isNew === true && known !== undefined) return false;
  if (ifMatch === undefined) return true;
  return known !== undefined && (ifMatch === '*' || ifMatch === known.stored?.etag);
}

function notAsAsked(known: KnownSchedule | undefined): Extract<ChangedSchedule, { kind: 'not-as-asked' }> {
  return { kind: 'not-as-asked', etag: known?.stored?.etag };
}

function configured({ configuredSchedules }: SchedulePorts, name: string): Schedule | undefined {
  return configuredSchedules.find((schedule) => schedule.name === name);
}
