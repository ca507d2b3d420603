// Literal secrets in the private container job-secrets, `<job>/<hash>.json`, until the job settles (I7).
import { z } from 'zod';

import type { HeldSecrets } from '../../domain/ports/blob-stores';
import type { StorageClients } from '../account/clients';
import { jsonBytes, parseJsonBlob } from './json-blob';
import { createLazyContainer } from './lazy-container';

const SECRETS_CONTAINER = 'job-secrets';

const secretsSchema = z.record(z.string(), z.string());

export function createBlobHeldSecrets(clients: StorageClients): HeldSecrets {
  const container = createLazyContainer(clients, SECRETS_CONTAINER);

  return {
    put: async (jobId, specHash, secrets) =>
      container.put(blobName(jobId, specHash), jsonBytes(secrets), 'application/json'),
    get: async (jobId, specHash) => {
      const name = blobName(jobId, specHash);
      const bytes = await container.get(name);
      return bytes === undefined ? {} : parseJsonBlob(secretsSchema, bytes, `${SECRETS_CONTAINER}/${name}`);
    },
    /** Removes the secrets of every spec that was tried under this job's id. */
    remove: async (jobId) => {
      const names = await container.list(`${jobId}/`);
      await Promise.all(names.map((name) => container.remove(name)));
    },
    removeWrittenBefore: async (jobId, instant) => {
      const names = await container.list(`${jobId}/`);
      await Promise.all(names.map((name) => container.removeUnmodifiedSince(name, instant)));
    },
    listJobs: async () => {
      const names = await container.list('');
      return [...new Set(names.map((name) => name.slice(0, name.indexOf('/'))))];
    },
  };
}

function blobName(jobId: string, specHash: string): string {
  return `${jobId}/${specHash}.json`;
}
