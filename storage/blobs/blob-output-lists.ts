// Lists of outputs in container job-outputs: `<job>/<attempt>.json`.
import { TerminalError } from '../../domain/errors';
import { outputListSchema } from '../../domain/outputs/output-list';
import type { OutputLists } from '../../domain/ports/output-lists';
import type { StorageClients } from '../account/clients';
import { parseJsonBlob } from './json-blob';
import { createLazyContainer } from './lazy-container';

const CONTAINER = 'job-outputs';

export function createBlobOutputLists(clients: StorageClients): OutputLists {
  const container = createLazyContainer(clients, CONTAINER);
  const get: OutputLists['get'] = async (jobId, attempt) => {
    const name = blobName(jobId, attempt);
    const bytes = await container.get(name);
    return bytes && parseJsonBlob(outputListSchema, bytes, `${CONTAINER}/${name}`);
  };
  return {
    get,
    keep: async (jobId, attempt, list) => {
      const name = blobName(jobId, attempt);
      // Without spaces: a list may name a hundred thousand files.
      const written = await container.putOnce(name, Buffer.from(JSON.stringify(list)), 'application/json');
      if (written === 'written') return list;
      const kept = await get(jobId, attempt);
      if (kept !== undefined) return kept;
      throw new TerminalError(`Blob ${CONTAINER}/${name} was removed while it was written.`, { jobId });
    },
  };
}

function blobName(jobId: string, attempt: number): string {
  return `${jobId}/${attempt}.json`;
}
