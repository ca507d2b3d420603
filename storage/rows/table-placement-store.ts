// Who holds which place, in table GpuJobsPlacements: a row a placement.
import type { Versioned } from '../../domain/ports/job-store';
import {
  type PlacementRow,
  placementRowSchema,
  type PlacementStore,
} from '../../domain/ports/placement-store';
import type { StorageClients } from '../account/clients';
import { LazyTable } from './lazy-table';
import { entityOf, keyOfName, rowOf } from './row-column';

const PLACEMENTS_TABLE = 'GpuJobsPlacements';

const ROW = 'placement';
/** The "ETag" of a row that does not exist: a write on it inserts. */
const ABSENT = '';

export class TablePlacementStore implements PlacementStore {
  readonly #table: LazyTable;

  constructor(clients: StorageClients) {
    this.#table = new LazyTable(clients, PLACEMENTS_TABLE);
  }

  async read(placement: string): Promise<Versioned<PlacementRow>> {
    const entity = await this.#table.get(keyOfName(placement), ROW);
    if (entity === undefined) return { row: { placement, holders: {}, recentCreations: [] }, etag: ABSENT };
    return { row: rowOf(placementRowSchema, entity, PLACEMENTS_TABLE), etag: entity.etag };
  }

  async write(row: PlacementRow, etag: string): Promise<'done' | 'changed'> {
    const keys = { partitionKey: keyOfName(row.placement), rowKey: ROW };
    const entity = entityOf(placementRowSchema, keys, row, () => ({
      holders: Object.keys(row.holders).length,
    }));
    if (etag !== ABSENT) return this.#table.replace(entity, etag);
    return (await this.#table.insert(entity)) === 'inserted' ? 'done' : 'changed';
  }
}
