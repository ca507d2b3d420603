// The log archive's blob operations by the genuine client.
import { buffer } from 'node:stream/consumers';

import type { ContainerClient } from '@azure/storage-blob';

import { answerOf } from '../account/storage-failure';
import type { BlobHead, LogBlobs } from './log-blobs';

/** Blobs of this container, which is created when first written to. Its client is asked for with each operation. */
export function createAzureLogBlobs(container: () => ContainerClient): LogBlobs {
  /** Runs a write that may be the first one to the container. */
  const inContainer = async <T>(write: () => Promise<T>): Promise<T> => {
    try {
      return await write();
    } catch (error) {
      if (answerOf(error).code !== 'ContainerNotFound') throw error;
      await container().createIfNotExists();
      return await write();
    }
  };

  return {
    async head(name) {
      const found = await unless([404], () => container().getAppendBlobClient(name).getProperties());
      if (found === undefined) return undefined;
      return {
        etag: required(found.etag, name),
        length: required(found.contentLength, name),
        blocks: required(found.blobCommittedBlockCount, name),
        metadata: found.metadata ?? {},
      };
    },

    async create(name, metadata) {
      const options = {
        metadata: { ...metadata },
        conditions: { ifNoneMatch: '*' },
        blobHTTPHeaders: { blobContentType: 'text/plain; charset=utf-8' },
      };
      const created = await unless([409, 412], () =>
        inContainer(() => container().getAppendBlobClient(name).create(options)),
      );
      if (created === undefined) return undefined;
      return { etag: required(created.etag, name), length: 0, blocks: 0, metadata };
    },

    async append(name, bytes, on) {
      const conditions = { ifMatch: on.etag, appendPosition: on.length };
      const added = await unless([412], () =>
        container().getAppendBlobClient(name).appendBlock(bytes, bytes.length, { conditions }),
      );
      if (added === undefined) return 'changed';
      return {
        etag: required(added.etag, name),
        length: on.length + bytes.length,
        blocks: required(added.blobCommittedBlockCount, name),
        metadata: on.metadata,
      };
    },

    async mark(name, metadata, on): Promise<BlobHead | 'changed'> {
      const conditions = { ifMatch: on.etag };
      const marked = await unless([412], () =>
        container()
          .getAppendBlobClient(name)
          .setMetadata({ ...metadata }, { conditions }),
      );
      return marked === undefined ? 'changed' : { ...on, metadata, etag: required(marked.etag, name) };
    },

    async read(name, from, count) {
      if (count <= 0) return Buffer.alloc(0);
      // 416: the range begins at or beyond the end.
      const answer = await unless([404, 416], () => container().getBlobClient(name).download(from, count));
      return answer === undefined ? Buffer.alloc(0) : await buffer(required(answer.readableStreamBody, name));
    },

    async readText(name) {
      const answer = await unless([404], () => container().getBlobClient(name).download());
      if (answer === undefined) return undefined;
      const text = (await buffer(required(answer.readableStreamBody, name))).toString('utf8');
      return { text, etag: required(answer.etag, name) };
    },

    async writeText(name, text, etag) {
      const conditions = etag === undefined ? { ifNoneMatch: '*' } : { ifMatch: etag };
      const blobHTTPHeaders = { blobContentType: 'application/json' };
      const written = await unless([409, 412], () =>
        inContainer(() =>
          container()
            .getBlockBlobClient(name)
            .upload(text, Buffer.byteLength(text), { conditions, blobHTTPHeaders }),
        ),
      );
      return written === undefined ? 'changed' : { etag: required(written.etag, name) };
    },

    url: (name) => container().getBlobClient(name).url,
  };
}

/** The answer, or undefined when the service refused with one of these statuses. */
async function unless<T>(statuses: readonly number[], request: () => Promise<T>): Promise<T | undefined> {
  try {
    return await request();
  } catch (error) {
    const { status } = answerOf(error);
    if (status !== undefined && statuses.includes(status)) return undefined;
    throw error;
  }
}

function required<T>(value: T | undefined, name: string): T {
  if (value === undefined)
    throw new Error(`The blob service left a field out of its answer about the blob ${name}.`);
  return value;
}
