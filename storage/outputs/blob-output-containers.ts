// Output containers in the app's own storage account, through the genuine client.
import type { BlobGetPropertiesResponse, ContainerClient } from '@azure/storage-blob';

import { outputContainer } from '../../domain/outputs/output-url';
import { joined } from '../../domain/outputs/share-path';
import type { Clock } from '../../domain/ports/clock';
import type { FilePath, FolderPage } from '../../domain/ports/files';
import type { OutputContainers } from '../../domain/ports/output-containers';
import type { StorageClients } from '../account/clients';
import { contentOf } from '../account/file-content';
import { emptyIfAbsent } from '../account/lazy-store';
import { answerOf, storageFailure } from '../account/storage-failure';
import { createSigners } from './signers';

export function createBlobOutputContainers(clients: StorageClients, clock: Clock): OutputContainers {
  const signers = createSigners(clients, clock);
  return {
    of: (jobId) => {
      const name = outputContainer(jobId);
      const container = (): ContainerClient => clients.container(name);
      const worded = (error: unknown, doing: string): unknown =>
        storageFailure(error, `${doing} (container ${name})`, { container: name });
      const calling = async <T>(doing: string, call: (signal: AbortSignal) => Promise<T>): Promise<T> => {
        try {
          return await call(clients.callLimit());
        } catch (error) {
          throw worded(error, doing);
        }
      };
      return {
        make: () =>
          calling('make the container of outputs', async (abortSignal) => {
            await container().createIfNotExists({ abortSignal });
          }),
        signer: (until) =>
          calling('sign an address for outputs', (signal) => signers(container(), until, signal)),
        list: (path, page) =>
          calling(`list ${path.join('/')}`, (signal) => listPage(container(), path, page, signal)),
        read: (path, from) =>
          calling(`read ${path.join('/')}`, async (signal) => {
            // A name such as `..` would lead out of the container.
            const blob = container().getBlobClient(joined(path));
            const head = await orAbsent(() => blob.getProperties({ abortSignal: signal }));
            if (head === undefined) return undefined;
            return contentOf(blob, from, head, (error) => worded(error, `read ${path.join('/')}`));
          }),
      };
    },
  };
}

/** All depths at once: a container has no folders, only names with slashes. */
async function listPage(
  container: ContainerClient,
  path: FilePath,
  page: string | undefined,
  abortSignal: AbortSignal,
): Promise<FolderPage | undefined> {
  const prefix = path.length === 0 ? '' : `${joined(path)}/`;
  const pages = container
    .listBlobsFlat({ prefix, abortSignal })
    .byPage(page === undefined ? {} : { continuationToken: page });
  const answer = await emptyIfAbsent(() => pages.next(), undefined);
  if (answer === undefined) return undefined;
  if (answer.done === true) return { files: [], folders: [] };
  const { segment, continuationToken = '' } = answer.value;
  return {
    files: segment.blobItems.map(({ name, properties }) => ({
      name: name.slice(prefix.length),
      bytes: properties.contentLength ?? 0,
      modifiedAt: properties.lastModified.getTime(),
    })),
    folders: [],
    ...(continuationToken !== '' && { next: continuationToken }),
  };
}

/** Undefined where there is no such blob, or no container (any more). */
async function orAbsent(
  call: () => Promise<BlobGetPropertiesResponse>,
): Promise<BlobGetPropertiesResponse | undefined> {
  try {
    return await call();
  } catch (error) {
    if (answerOf(error).status === 404) return undefined;
    throw error;
  }
}
