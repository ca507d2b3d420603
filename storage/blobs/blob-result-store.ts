// Terminal records in container job-results: `<job>.json`.
import type { ResultStore } from '../../domain/ports/blob-stores';
import type { StorageClients } from '../account/clients';
import { jsonBytes } from './json-blob';
import { createLazyContainer } from './lazy-container';

export const RESULTS_CONTAINER = 'job-results';

export function createBlobResultStore(clients: StorageClients): ResultStore {
  const container = createLazyContainer(clients, RESULTS_CONTAINER);

  return {
    /** Overwritten: every announcement derives the same record from the rows. */
    put: async (jobId, record) => container.put(`${jobId}.json`, jsonBytes(record), 'application/json'),
  };
}
