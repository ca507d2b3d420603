// A schedule's row to start a test from.
import type { ScheduleRow } from '../../domain/ports/schedule-store';
import { NEW_YEAR } from './rows';

/** The settings' schedule `nightly`, seen for the first time. */
export function scheduleRow(over: Partial<ScheduleRow> = {}): ScheduleRow {
  return {
    name: 'nightly',
    incarnation: '',
    timing: '30 2 * * * UTC',
    paused: false,
    firedThrough: NEW_YEAR,
    jobs: [],
    ...over,
  };
}
