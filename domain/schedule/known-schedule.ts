// All schedules: those of the settings and those that the API stored, each with its row if it has one.
import type { Versioned } from '../ports/job-store';
import type { ScheduleRow } from '../ports/schedule-store';
import type { Schedule } from './schedule';

export interface KnownSchedule {
  readonly origin: 'settings' | 'api';
  readonly schedule: Schedule;
  /** Absent for a schedule of the settings that no tick has seen yet. */
  readonly stored?: Versioned<ScheduleRow>;
}

/**
 * All schedules, sorted by name. A row without a definition belongs to the settings; once they no longer name its
 * schedule, it does not fire. Where both define a schedule the API's wins, because its user would not notice the
 * change.
 */
export function knownSchedules(
  configured: readonly Schedule[],
  stored: readonly Versioned<ScheduleRow>[],
): readonly KnownSchedule[] {
  const rows = new Map(stored.map((versioned) => [versioned.row.name, versioned]));
  const known = configured.map((schedule) => knownSchedule(schedule, rows.get(schedule.name)));
  const byApi = stored.map((versioned) => knownSchedule(undefined, versioned));
  return [...known, ...byApi]
    .filter((one) => one !== undefined)
    .filter(
      ({ schedule }, index, all) => all.findIndex((other) => other.schedule.name === schedule.name) === index,
    )
    .sort((a, b) => (a.schedule.name < b.schedule.name ? -1 : 1));
}

/** One schedule from its configuration and its row; undefined when it does not exist (any more). */
export function knownSchedule(
  configured: Schedule | undefined,
  stored: Versioned<ScheduleRow> | undefined,
): KnownSchedule | undefined {
  if (stored?.row.definition !== undefined)
    return { origin: 'api', schedule: { name: stored.row.name, ...stored.row.definition }, stored };
  if (configured === undefined) return undefined;
  return { origin: 'settings', schedule: configured, ...(stored === undefined ? {} : { stored }) };
}
