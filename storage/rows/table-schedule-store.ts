// Schedules in table GpuJobsSchedules, a row a schedule: the definition, how far it has fired, what it owes.
import type { Versioned } from '../../domain/ports/job-store';
import { type ScheduleRow, scheduleRowSchema, type ScheduleStore } from '../../domain/ports/schedule-store';
import type { StorageClients } from '../account/clients';
import { LazyTable, type NewEntity, type StoredEntity } from './lazy-table';
import { entityOf, keyOfName, rowOf } from './row-column';

const SCHEDULES_TABLE = 'GpuJobsSchedules';

const ROW = 'schedule';

export class TableScheduleStore implements ScheduleStore {
  readonly #table: LazyTable;

  constructor(clients: StorageClients) {
    this.#table = new LazyTable(clients, SCHEDULES_TABLE);
  }

  async read(name: string): Promise<Versioned<ScheduleRow> | undefined> {
    const entity = await this.#table.get(keyOfName(name), ROW);
    return entity === undefined ? undefined : versioned(entity);
  }

  /** The whole table: it holds nothing else. */
  async list(): Promise<readonly Versioned<ScheduleRow>[]> {
    const { entities } = await this.#table.query(`RowKey eq '${ROW}'`);
    return entities.map(versioned);
  }

  async insert(row: ScheduleRow): Promise<'inserted' | 'exists'> {
    return this.#table.insert(scheduleEntity(row));
  }

  async write(row: ScheduleRow, etag: string): Promise<'done' | 'changed'> {
    return this.#table.replace(scheduleEntity(row), etag);
  }

  async remove(name: string, etag: string): Promise<'done' | 'changed'> {
    return this.#table.removeUnchanged(keyOfName(name), ROW, etag);
  }
}

function versioned(entity: StoredEntity): Versioned<ScheduleRow> {
  return { row: rowOf(scheduleRowSchema, entity, SCHEDULES_TABLE), etag: entity.etag };
}

function scheduleEntity(row: ScheduleRow): NewEntity {
  const keys = { partitionKey: keyOfName(row.name), rowKey: ROW };
  return entityOf(scheduleRowSchema, keys, row, () => ({
    firedThrough: new Date(row.firedThrough).toISOString(),
    timing: row.timing,
    paused: row.paused,
  }));
}
