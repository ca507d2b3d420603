// Watches which name holds which place.
import { isLimitRow } from '../../../domain/job/run-limit';
import type { PlacementRow, PlacementStore } from '../../../domain/ports/placement-store';

export class PlacementsSeen {
  readonly #rows = new Map<string, PlacementRow>();
  readonly #onFreed: (name: string) => void;

  constructor(onFreed: (name: string) => void) {
    this.#onFreed = onFreed;
  }

  /** The same store, watched. */
  watch(store: PlacementStore): PlacementStore {
    return {
      read: (placement) => store.read(placement),
      write: async (row, etag) => {
        const written = await store.write(row, etag);
        if (written === 'done') {
          const before = Object.keys(this.#rows.get(row.placement)?.holders ?? {});
          this.#rows.set(row.placement, row);
          for (const name of before)
            if (!(name in row.holders) && !this.#isPlacedElsewhere(name, row)) this.#onFreed(name);
        }
        return written;
      },
    };
  }

  /**
   * A dispatch that was cut off leaves a name in a placement where its attempt never was. Such a name may always leave.
   */
  #isPlacedElsewhere(name: string, left: PlacementRow): boolean {
    if (isLimitRow(left.placement)) return false;
    return [...this.#rows.values()].some(
      ({ placement, holders }) => placement !== left.placement && !isLimitRow(placement) && name in holders,
    );
  }

  names(): string[] {
    return [...this.#rows.values()].flatMap(({ holders }) => Object.keys(holders));
  }
}
