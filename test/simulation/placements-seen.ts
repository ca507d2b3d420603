// Who holds which place, kept beside the store.
import type { PlacementRow, PlacementStore } from '../../domain/placement-store';

export class PlacementsSeen {
  readonly #rows = new Map<string, PlacementRow>();
  readonly #onFreed: (name: string) => void;

  constructor(onFreed: (name: string) => void) {
    this.#onFreed = onFreed;
  }

  /** The store with an eye on it. */
  watch(store: PlacementStore): PlacementStore {
    return {
      read: (placement) => store.read(placement),
      write: async (row, etag) => {
        const written = await store.write(row, etag);
        if (written === 'done') {
          const before = Object.keys(this.#rows.get(row.placement)?.holders ?? {});
          this.#rows.set(row.placement, row);
          for (const name of before) if (!(name in row.holders)) this.#onFreed(name);
        }
        return written;
      },
    };
  }

  names(): string[] {
    return [...this.#rows.values()].flatMap(({ holders }) => Object.keys(holders));
  }
}
