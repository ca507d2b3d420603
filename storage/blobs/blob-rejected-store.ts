// Messages that could not become jobs, byte for byte, in container rejected: `<job>`.
import type { RejectedStore } from '../../domain/ports/blob-stores';
import type { StorageClients } from '../account/clients';
import { createLazyContainer } from './lazy-container';

export const REJECTED_CONTAINER = 'rejected';

export function createBlobRejectedStore(clients: StorageClients): RejectedStore {
  const container = createLazyContainer(clients, REJECTED_CONTAINER);

  return {
    put: (jobId, bytes) => container.put(jobId, bytes, 'application/octet-stream'),
    get: (jobId) => container.get(jobId),
  };
}
