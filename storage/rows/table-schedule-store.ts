// Schedules in table GpuJobsSchedules, a row a schedule: the definition, how far it has fired, what it owes.
import type { Versioned } from '../../domain/ports/job-store';
import { type ScheduleRow, scheduleRowSchema, type ScheduleStore } from '../../domain/ports/schedule-store';
import { withPresentNames } from '../../domain/spec/renamed-members';
import type { StorageClients } from '../account/clients';
import { createLazyTable, type NewEntity, type StoredEntity } from './lazy-table';
import { entityOf, keyOfName, rowOf } from './row-column';

const SCHEDULES_TABLE = 'GpuJobsSchedules';

const ROW = 'schedule';

const storedRowSchema = scheduleRowSchema.transform((row): ScheduleRow => {
  const { definition } = row;
  if (definition === undefined) return row;
  return { ...row, definition: { ...definition, spec: withPresentNames(definition.spec) } };
});

export function createTableScheduleStore(clients: StorageClients): ScheduleStore {
  const table = createLazyTable(clients, SCHEDULES_TABLE);

  return {
    read: async (name) => {
      const entity = await table.get(keyOfName(name), ROW);
      return entity === undefined ? undefined : versioned(entity);
    },
    /** The whole table: it holds nothing else. */
    list: async () => {
      const { entities } = await table.query(`RowKey eq '${ROW}'`);
      return entities.map(versioned);
    },
    insert: async (row) => table.insert(scheduleEntity(row)),
    write: async (row, etag) => table.replace(scheduleEntity(row), etag),
    remove: async (name, etag) => table.removeUnchanged(keyOfName(name), ROW, etag),
  };
}

function versioned(entity: StoredEntity): Versioned<ScheduleRow> {
  return { row: rowOf(storedRowSchema, entity, SCHEDULES_TABLE), etag: entity.etag };
}

function scheduleEntity(row: ScheduleRow): NewEntity {
  const keys = { partitionKey: keyOfName(row.name), rowKey: ROW };
  return entityOf(scheduleRowSchema, keys, row, () => ({
    firedThrough: new Date(row.firedThrough).toISOString(),
    timing: row.timing,
    paused: row.paused,
  }));
}
