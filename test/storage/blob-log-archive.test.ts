import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';

import { archiveLogs } from '../../jobs/archive-logs';
import { blobLogArchive } from '../../storage/blob-log-archive';
import { logArchiveContract, newLogRef } from '../contract/log-archive';
import { type Azurite, startAzurite } from '../support/azurite';

describe('the log archive in append blobs, by the genuine client', () => {
  let azurite: Azurite;
  let requests: string[] = [];
  let container: ContainerClient;

  beforeAll(async () => {
    azurite = await startAzurite();
    container = containerNamed('job-logs');
  });
  afterAll(() => azurite.stop());

  /** A client that notes its requests. */
  function containerNamed(name: string): ContainerClient {
    const service = BlobServiceClient.fromConnectionString(azurite.connectionString);
    const client = service.getContainerClient(name);
    return client;
  }

  describe('does what every log archive does:', () => {
    logArchiveContract(() => ({
      first: blobLogArchive(container),
      second: blobLogArchive(container),
      smallFiles: blobLogArchive(container, { blocks: 3, bytes: 100 }),
    }));
  });
});
