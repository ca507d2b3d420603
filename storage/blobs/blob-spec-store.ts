// Specs in container job-specs, each under its hash: `<hash>.json`.
import { z } from 'zod';

import { TerminalError } from '../../domain/errors';
import type { SpecStore } from '../../domain/ports/blob-stores';
import { jobSpecSchema } from '../../domain/spec/job-spec';
import { withPresentNames } from '../../domain/spec/renamed-members';
import type { StorageClients } from '../account/clients';
import { jsonBytes, parseJsonBlob } from './json-blob';
import { createLazyContainer } from './lazy-container';

const SPECS_CONTAINER = 'job-specs';

const storedSpecSchema = z.preprocess(withPresentNames, jobSpecSchema);

export function createBlobSpecStore(clients: StorageClients): SpecStore {
  const container = createLazyContainer(clients, SPECS_CONTAINER);

  return {
    put: async (specHash, spec) => {
      await container.putOnce(blobName(specHash), jsonBytes(spec), 'application/json');
    },
    /** @throws TerminalError when there is none. It is written before the job's row, so it was removed since. */
    get: async (specHash) => {
      const name = blobName(specHash);
      const bytes = await container.get(name);
      if (bytes !== undefined) return parseJsonBlob(storedSpecSchema, bytes, `${SPECS_CONTAINER}/${name}`);
      throw new TerminalError(
        `Spec ${SPECS_CONTAINER}/${name} is not in storage: it was written before its job, so somebody removed it`,
        { specHash },
      );
    },
  };
}

function blobName(specHash: string): string {
  return `${specHash}.json`;
}
