// The port to the schedules' rows: how far each has fired.
import type { Versioned } from './job-store';

export interface ScheduleRow {
  readonly name: string;
  /** Every fire up to this instant (epoch milliseconds) has become a job or been passed over. */
  readonly firedThrough: number;
}

export interface ScheduleStore {
  read(name: string): Promise<Versioned<ScheduleRow> | undefined>;
  /** `exists`: another instance stored it first. */
  insert(row: ScheduleRow): Promise<'inserted' | 'exists'>;
  write(row: ScheduleRow, etag: string): Promise<'done' | 'changed'>;
}
