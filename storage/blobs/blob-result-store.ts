// Terminal records in container job-results: `<job>.json`.
import type { ResultStore } from '../../domain/ports/blob-stores';
import type { StorageClients } from '../account/clients';
import { jsonBytes } from './json-blob';
import { LazyContainer } from './lazy-container';

export const RESULTS_CONTAINER = 'job-results';

export class BlobResultStore implements ResultStore {
  readonly #container: LazyContainer;

  constructor(clients: StorageClients) {
    this.#container = new LazyContainer(clients, RESULTS_CONTAINER);
  }

  /** Overwritten: every announcement derives the same record from the rows. */
  async put(jobId: string, record: unknown): Promise<void> {
    return this.#container.put(`${jobId}.json`, jsonBytes(record), 'application/json');
  }
}
