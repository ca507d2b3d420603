// Literal secrets in the private container job-secrets, `<job>/<hash>.json`, until the job settles (I7).
import { z } from 'zod';

import type { HeldSecrets } from '../../domain/ports/blob-stores';
import type { StorageClients } from '../account/clients';
import { jsonBytes, parseJsonBlob } from './json-blob';
import { LazyContainer } from './lazy-container';

const SECRETS_CONTAINER = 'job-secrets';

const secretsSchema = z.record(z.string(), z.string());

export class BlobHeldSecrets implements HeldSecrets {
  readonly #container: LazyContainer;

  constructor(clients: StorageClients) {
    this.#container = new LazyContainer(clients, SECRETS_CONTAINER);
  }

  async put(jobId: string, specHash: string, secrets: Readonly<Record<string, string>>): Promise<void> {
    return this.#container.put(blobName(jobId, specHash), jsonBytes(secrets), 'application/json');
  }

  async get(jobId: string, specHash: string): Promise<Readonly<Record<string, string>>> {
    const name = blobName(jobId, specHash);
    const bytes = await this.#container.get(name);
    return bytes === undefined ? {} : parseJsonBlob(secretsSchema, bytes, `${SECRETS_CONTAINER}/${name}`);
  }

  /** Removes the secrets of every spec that was tried under this job's id. */
  async remove(jobId: string): Promise<void> {
    const names = await this.#container.list(`${jobId}/`);
    await Promise.all(names.map((name) => this.#container.remove(name)));
  }

  async removeWrittenBefore(jobId: string, instant: number): Promise<void> {
    const names = await this.#container.list(`${jobId}/`);
    await Promise.all(names.map((name) => this.#container.removeUnmodifiedSince(name, instant)));
  }

  async listJobs(): Promise<readonly string[]> {
    const names = await this.#container.list('');
    return [...new Set(names.map((name) => name.slice(0, name.indexOf('/'))))];
  }
}

function blobName(jobId: string, specHash: string): string {
  return `${jobId}/${specHash}.json`;
}
