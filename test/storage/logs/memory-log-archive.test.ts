import { createLogArchive } from '../../../storage/logs/blob-log-archive';
import { logArchiveContract } from '../../contract/log-archive';
import { MemoryLogBlobs } from '../../support/memory-log-blobs';

describe('the log archive over blobs in memory', () => {
  const blobs = new MemoryLogBlobs();
  const views = {
    first: createLogArchive(blobs),
    second: createLogArchive(blobs),
    smallFiles: createLogArchive(blobs, { blocks: 3, bytes: 100 }),
  };
  logArchiveContract(() => views);
});
