// This deployment's identity in table GpuJobsOwner: one row, minted by the process that comes first.
import { z } from 'zod';

import { RetryableError } from '../../domain/errors';
import type { Owner, OwnerStore } from '../../domain/owner';
import type { StorageClients } from '../account/clients';
import { LazyTable } from './lazy-table';
import { mintOwner, type RandomBytes } from './mint-owner';
import { entityOf, rowOf } from './row-column';

export const OWNER_TABLE = 'GpuJobsOwner';

const KEYS = { partitionKey: 'owner', rowKey: 'owner' };

const ownerSchema = z.object({
  id: z.string().regex(/^[a-z0-9]{12}$/),
  key: z.string().regex(/^[0-9a-f]{64}$/),
});

export class TableOwnerStore implements OwnerStore {
  readonly #table: LazyTable;
  readonly #randomBytes: RandomBytes;
  #owner: Promise<Owner> | undefined;

  constructor(clients: StorageClients, randomBytes: RandomBytes) {
    this.#table = new LazyTable(clients, OWNER_TABLE);
    this.#randomBytes = randomBytes;
  }

  /** Asks the store until it has answered once: the row never changes. */
  get(): Promise<Owner> {
    this.#owner ??= this.#readOrMint().catch((error: unknown) => {
      this.#owner = undefined;
      throw error;
    });
    return this.#owner;
  }

  async #readOrMint(): Promise<Owner> {
    const stored = await this.#read();
    if (stored !== undefined) return stored;
    const minted = mintOwner(this.#randomBytes);
    if ((await this.#table.insert(entityOf(ownerSchema, KEYS, minted))) === 'inserted') return minted;
    const theirs = await this.#read();
    if (theirs !== undefined) return theirs;
    throw new RetryableError(
      `The owner row was there and then was not (table ${OWNER_TABLE}): is somebody emptying this storage account?`,
      { table: OWNER_TABLE },
    );
  }

  async #read(): Promise<Owner | undefined> {
    const entity = await this.#table.get(KEYS.partitionKey, KEYS.rowKey);
    return entity === undefined ? undefined : rowOf(ownerSchema, entity, OWNER_TABLE);
  }
}
