// The hints in tables GpuJobsWaiting and GpuJobsIndex, written without conditions. Every reader verifies them.
import { z } from 'zod';

import type { HintStore, WaitingHint } from '../../domain/ports/hint-store';
import { gpuCountSchema } from '../../domain/spec/gpu';
import type { StorageClients } from '../account/clients';
import { LazyTable } from './lazy-table';
import { entityOf, rowOf } from './row-column';

export const WAITING_TABLE = 'GpuJobsWaiting';
const INDEX_TABLE = 'GpuJobsIndex';

/** All rows of a table in one partition: the key alone orders them. */
const PARTITION = 'all';
const WHOLE_PARTITION = `PartitionKey eq '${PARTITION}'`;

const waitingSchema = z.object({
  key: z.string(),
  jobId: z.string(),
  attempt: z.number().int().positive(),
  writtenAt: z.number(),
  wants: z
    .object({
      placements: z.array(z.string()),
      gpu: z.object({ count: gpuCountSchema, sku: z.string().optional() }).optional(),
      concurrencyKey: z.string().optional(),
      until: z.number(),
    })
    .optional(),
});

export class TableHintStore implements HintStore {
  readonly #waiting: LazyTable;
  readonly #index: LazyTable;

  constructor(clients: StorageClients) {
    this.#waiting = new LazyTable(clients, WAITING_TABLE);
    this.#index = new LazyTable(clients, INDEX_TABLE);
  }

  async addWaiting(hint: WaitingHint): Promise<void> {
    return this.#waiting.upsert(entityOf(waitingSchema, { partitionKey: PARTITION, rowKey: hint.key }, hint));
  }

  async listWaiting(): Promise<readonly WaitingHint[]> {
    const { entities } = await this.#waiting.query(WHOLE_PARTITION);
    return entities.map((entity) => rowOf(waitingSchema, entity, WAITING_TABLE));
  }

  removeWaiting(key: string): Promise<void> {
    return this.#waiting.remove(PARTITION, key);
  }

  addJob(jobId: string): Promise<void> {
    return this.#index.upsert({ partitionKey: PARTITION, rowKey: jobId });
  }

  async listUnfinished(): Promise<readonly string[]> {
    const { entities } = await this.#index.query(WHOLE_PARTITION);
    return entities.map((entity) => entity.rowKey);
  }

  removeUnfinished(jobId: string): Promise<void> {
    return this.#index.remove(PARTITION, jobId);
  }

  /** It goes by the service's own time of the last write. An entry that is written meanwhile has another ETag. */
  async removeUnfinishedWrittenBefore(jobId: string, instant: number): Promise<void> {
    const entry = await this.#index.get(PARTITION, jobId);
    if (entry === undefined || Date.parse(String(entry.columns['timestamp'])) >= instant) return;
    await this.#index.removeUnchanged(PARTITION, jobId, entry.etag);
  }
}
