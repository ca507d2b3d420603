// Specs in container job-specs, each under its hash: `<hash>.json`.
import { TerminalError } from '../../domain/errors';
import type { SpecStore } from '../../domain/ports/blob-stores';
import { type JobSpec, jobSpecSchema } from '../../domain/spec/job-spec';
import type { StorageClients } from '../account/clients';
import { jsonBytes, parseJsonBlob } from './json-blob';
import { LazyContainer } from './lazy-container';

const SPECS_CONTAINER = 'job-specs';

export class BlobSpecStore implements SpecStore {
  readonly #container: LazyContainer;

  constructor(clients: StorageClients) {
    this.#container = new LazyContainer(clients, SPECS_CONTAINER);
  }

  async put(specHash: string, spec: JobSpec): Promise<void> {
    await this.#container.putOnce(blobName(specHash), jsonBytes(spec), 'application/json');
  }

  /** @throws TerminalError when there is none. It is written before the job's row, so it was removed since. */
  async get(specHash: string): Promise<JobSpec> {
    const name = blobName(specHash);
    const bytes = await this.#container.get(name);
    if (bytes !== undefined) return parseJsonBlob(jobSpecSchema, bytes, `${SPECS_CONTAINER}/${name}`);
    throw new TerminalError(
      `Spec ${SPECS_CONTAINER}/${name} is not in storage: it was written before its job, so somebody removed it`,
      { specHash },
    );
  }
}

function blobName(specHash: string): string {
  return `${specHash}.json`;
}
