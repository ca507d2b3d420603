// How far each schedule has fired, in table GpuJobsSchedules: a row a schedule.
import { z } from 'zod';

import type { Versioned } from '../domain/job-store';
import type { ScheduleRow, ScheduleStore } from '../domain/schedule-store';
import type { StorageClients } from './clients';
import { LazyTable, type NewEntity } from './lazy-table';
import { entityOf, keyOfName, rowOf } from './row-column';

export const SCHEDULES_TABLE = 'GpuJobsSchedules';

const ROW = 'schedule';
const scheduleRowSchema = z.object({ name: z.string(), firedThrough: z.number() });

export class TableScheduleStore implements ScheduleStore {
  readonly #table: LazyTable;

  constructor(clients: StorageClients) {
    this.#table = new LazyTable(clients, SCHEDULES_TABLE);
  }

  async read(name: string): Promise<Versioned<ScheduleRow> | undefined> {
    const entity = await this.#table.get(keyOfName(name), ROW);
    if (entity === undefined) return undefined;
    return { row: rowOf(scheduleRowSchema, entity, SCHEDULES_TABLE), etag: entity.etag };
  }

  async insert(row: ScheduleRow): Promise<'inserted' | 'exists'> {
    return this.#table.insert(scheduleEntity(row));
  }

  async write(row: ScheduleRow, etag: string): Promise<'done' | 'changed'> {
    return this.#table.replace(scheduleEntity(row), etag);
  }
}

function scheduleEntity(row: ScheduleRow): NewEntity {
  const keys = { partitionKey: keyOfName(row.name), rowKey: ROW };
  return entityOf(scheduleRowSchema, keys, row, () => ({
    firedThrough: new Date(row.firedThrough).toISOString(),
  }));
}
