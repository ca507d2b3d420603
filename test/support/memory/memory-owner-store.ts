// OwnerStore in memory, for tests and simulations.
import type { Owner, OwnerStore } from '../../../domain/owner';
import { mintOwner, type RandomBytes } from '../../../storage/rows/mint-owner';
import { step } from './step';

/** What the stores of one deployment share. */
export interface OwnerRow {
  owner?: Owner;
}

export class MemoryOwnerStore implements OwnerStore {
  readonly #row: OwnerRow;
  readonly #randomBytes: RandomBytes;

  constructor(row: OwnerRow, randomBytes: RandomBytes) {
    this.#row = row;
    this.#randomBytes = randomBytes;
  }

  get(): Promise<Owner> {
    return step(() => (this.#row.owner ??= mintOwner(this.#randomBytes)));
  }
}
