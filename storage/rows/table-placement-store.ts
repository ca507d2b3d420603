// Who holds which place, in table GpuJobsPlacements: a row a placement.
import { placementRowSchema, type PlacementStore } from '../../domain/ports/placement-store';
import type { StorageClients } from '../account/clients';
import { createLazyTable } from './lazy-table';
import { entityOf, keyOfName, rowOf } from './row-column';

const PLACEMENTS_TABLE = 'GpuJobsPlacements';

const ROW = 'placement';
/** The "ETag" of a row that does not exist: a write on it inserts. */
const ABSENT = '';

export function createTablePlacementStore(clients: StorageClients): PlacementStore {
  const table = createLazyTable(clients, PLACEMENTS_TABLE);

  return {
    read: async (placement) => {
      const entity = await table.get(keyOfName(placement), ROW);
      if (entity === undefined) return { row: { placement, holders: {}, recentCreations: [] }, etag: ABSENT };
      return { row: rowOf(placementRowSchema, entity, PLACEMENTS_TABLE), etag: entity.etag };
    },
    write: async (row, etag) => {
      const keys = { partitionKey: keyOfName(row.placement), rowKey: ROW };
      const entity = entityOf(placementRowSchema, keys, row, () => ({
        holders: Object.keys(row.holders).length,
      }));
      if (etag !== ABSENT) return table.replace(entity, etag);
      return (await table.insert(entity)) === 'inserted' ? 'done' : 'changed';
    },
  };
}
