// PlacementStore in memory, for tests and simulations: each call is one step.
import type { Versioned } from '../../../domain/ports/job-store';
import {
  type PlacementRow,
  placementRowSchema,
  type PlacementStore,
} from '../../../domain/ports/placement-store';
import { step } from './step';
import { VersionedRows } from './versioned-rows';

const ABSENT = '';

export class MemoryPlacementStore implements PlacementStore {
  readonly #rows = new VersionedRows(placementRowSchema);

  read(placement: string): Promise<Versioned<PlacementRow>> {
    return step(
      () =>
        this.#rows.get(placement) ?? { row: { placement, holders: {}, recentCreations: [] }, etag: ABSENT },
    );
  }

  write(row: PlacementRow, etag: string): Promise<'done' | 'changed'> {
    return step(() => {
      if ((this.#rows.get(row.placement)?.etag ?? ABSENT) !== etag) return 'changed';
      this.#rows.put(row.placement, row);
      return 'done';
    });
  }
}
