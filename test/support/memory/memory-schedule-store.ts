// ScheduleStore in memory, for tests and simulations: each call is one step.
import type { Versioned } from '../../../domain/ports/job-store';
import {
  type ScheduleRow,
  scheduleRowSchema,
  type ScheduleStore,
} from '../../../domain/ports/schedule-store';
import { step } from './step';
import { VersionedRows } from './versioned-rows';

export class MemoryScheduleStore implements ScheduleStore {
  readonly #rows = new VersionedRows<ScheduleRow>(scheduleRowSchema);

  read(name: string): Promise<Versioned<ScheduleRow> | undefined> {
    return step(() => this.#rows.get(name));
  }

  list(): Promise<readonly Versioned<ScheduleRow>[]> {
    return step(() =>
      this.#rows
        .keys()
        .map((name) => this.#rows.get(name))
        .filter((row) => row !== undefined),
    );
  }

  insert(row: ScheduleRow): Promise<'inserted' | 'exists'> {
    return step(() => {
      if (this.#rows.get(row.name) !== undefined) return 'exists';
      this.#rows.put(row.name, row);
      return 'inserted';
    });
  }

  write(row: ScheduleRow, etag: string): Promise<'done' | 'changed'> {
    return step(() => {
      if (!this.#rows.has(row.name, etag)) return 'changed';
      this.#rows.put(row.name, row);
      return 'done';
    });
  }

  remove(name: string, etag: string): Promise<'done' | 'changed'> {
    return step(() => {
      if (!this.#rows.has(name, etag)) return 'changed';
      this.#rows.remove(name);
      return 'done';
    });
  }
}
