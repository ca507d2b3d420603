// The hints in tables GpuJobsWaiting and GpuJobsIndex, written without conditions. Every reader verifies them.
import { z } from 'zod';

import type { HintStore } from '../../domain/ports/hint-store';
import { gpuCountSchema } from '../../domain/spec/gpu';
import type { StorageClients } from '../account/clients';
import { createLazyTable } from './lazy-table';
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
      group: z.string().optional(),
      until: z.number(),
    })
    .optional(),
});

export function createTableHintStore(clients: StorageClients): HintStore {
  const waiting = createLazyTable(clients, WAITING_TABLE);

  const index = createLazyTable(clients, INDEX_TABLE);

  return {
    addWaiting: async (hint) =>
      waiting.upsert(entityOf(waitingSchema, { partitionKey: PARTITION, rowKey: hint.key }, hint)),
    listWaiting: async () => {
      const { entities } = await waiting.query(WHOLE_PARTITION);
      return entities.map((entity) => rowOf(waitingSchema, entity, WAITING_TABLE));
    },
    removeWaiting: (key) => waiting.remove(PARTITION, key),
    addJob: (jobId) => index.upsert({ partitionKey: PARTITION, rowKey: jobId }),
    listUnfinished: async () => {
      const { entities } = await index.query(WHOLE_PARTITION);
      return entities.map((entity) => entity.rowKey);
    },
    removeUnfinished: (jobId) => index.remove(PARTITION, jobId),
    /** It goes by the service's own time of the last write. An entry that is written meanwhile has another ETag. */
    removeUnfinishedWrittenBefore: async (jobId, instant) => {
      const entry = await index.get(PARTITION, jobId);
      if (entry === undefined || Date.parse(String(entry.columns['timestamp'])) >= instant) return;
      await index.removeUnchanged(PARTITION, jobId, entry.etag);
    },
  };
}
