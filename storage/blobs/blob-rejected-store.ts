// Messages that could not become jobs, byte for byte, in container rejected: `<job>`.
import type { RejectedStore } from '../../domain/ports/blob-stores';
import type { StorageClients } from '../account/clients';
import { LazyContainer } from './lazy-container';

export const REJECTED_CONTAINER = 'rejected';

export class BlobRejectedStore implements RejectedStore {
  readonly #container: LazyContainer;

  constructor(clients: StorageClients) {
    this.#container = new LazyContainer(clients, REJECTED_CONTAINER);
  }

  put(jobId: string, bytes: Buffer): Promise<void> {
    return this.#container.put(jobId, bytes, 'application/octet-stream');
  }

  get(jobId: string): Promise<Buffer | undefined> {
    return this.#container.get(jobId);
  }
}
