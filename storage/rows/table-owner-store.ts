// This deployment's identity in table GpuJobsOwner: one row, minted by the process that comes first.
import { z } from 'zod';

import { RetryableError } from '../../domain/errors';
import type { Owner, OwnerStore } from '../../domain/owner';
import type { StorageClients } from '../account/clients';
import { createLazyTable } from './lazy-table';
import { mintOwner, type RandomBytes } from './mint-owner';
import { entityOf, rowOf } from './row-column';

export const OWNER_TABLE = 'GpuJobsOwner';

const KEYS = { partitionKey: 'owner', rowKey: 'owner' };

const ownerSchema = z.object({
  id: z.string().regex(/^[a-z0-9]{12}$/),
  key: z.string().regex(/^[0-9a-f]{64}$/),
});

export function createTableOwnerStore(clients: StorageClients, randomBytes: RandomBytes): OwnerStore {
  const table = createLazyTable(clients, OWNER_TABLE);
  let owner: Promise<Owner> | undefined;

  const readOrMint = async (): Promise<Owner> => {
    const stored = await read();
    if (stored !== undefined) return stored;
    const minted = mintOwner(randomBytes);
    if ((await table.insert(entityOf(ownerSchema, KEYS, minted))) === 'inserted') return minted;
    const theirs = await read();
    if (theirs !== undefined) return theirs;
    throw new RetryableError(
      `The owner row was there and then was not (table ${OWNER_TABLE}): is somebody emptying this storage account?`,
      { table: OWNER_TABLE },
    );
  };

  const read = async (): Promise<Owner | undefined> => {
    const entity = await table.get(KEYS.partitionKey, KEYS.rowKey);
    return entity === undefined ? undefined : rowOf(ownerSchema, entity, OWNER_TABLE);
  };

  return {
    /** Asks the store until it has answered once: the row never changes. */
    get: () => {
      owner ??= readOrMint().catch((error: unknown) => {
        owner = undefined;
        throw error;
      });
      return owner;
    },
  };
}
