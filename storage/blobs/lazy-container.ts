// One blob container, for blobs that are read and written whole.
import type { ContainerClient } from '@azure/storage-blob';

import type { StorageClients } from '../account/clients';
import { creatingIfAbsent, emptyIfAbsent } from '../account/lazy-store';
import { answerOf, storageFailure } from '../account/storage-failure';

export interface LazyContainer {
  readonly name: string;

  /** Writes the blob, over whatever stands there. One request. */
  put(blob: string, content: Buffer, contentType: string): Promise<void>;

  /** Writes the blob unless one of that name exists. One request. */
  putOnce(blob: string, content: Buffer, contentType: string): Promise<'written' | 'exists'>;

  /** The blob's bytes; undefined is a definite absence. One request. */
  get(blob: string): Promise<Buffer | undefined>;

  /** Names of the blobs that begin with `prefix`. One request a page of five thousand. */
  list(prefix: string): Promise<string[]>;

  /** Removing a blob that is not there succeeds. */
  remove(blob: string): Promise<void>;

  /** Removes the blob unless it was written at or after this instant (epoch milliseconds, counted in whole seconds). */
  removeUnmodifiedSince(blob: string, instant: number): Promise<void>;
}

/** Loads no SDK yet; the first operation does. */
export function createLazyContainer(clients: StorageClients, name: string): LazyContainer {
  const client = (): ContainerClient => clients.container(name);

  const upload = async (
    blob: string,
    content: Buffer,
    contentType: string,
    conditions: { readonly ifNoneMatch?: string },
  ): Promise<'written' | 'exists'> => {
    const options = {
      conditions,
      blobHTTPHeaders: { blobContentType: contentType },
      abortSignal: clients.callLimit(),
    };
    try {
      await creatingIfAbsent(
        () => client().getBlockBlobClient(blob).upload(content, content.length, options),
        () => client().createIfNotExists({ abortSignal: options.abortSignal }),
      );
      return 'written';
    } catch (thrown) {
      const { code, status } = answerOf(thrown);
      // 409 BlobAlreadyExists by the documentation of Put Blob; 412 is the generic answer to a condition.
      if (conditions.ifNoneMatch !== undefined && (code === 'BlobAlreadyExists' || status === 412))
        return 'exists';
      throw failure(thrown, 'write', blob);
    }
  };

  const failure = (thrown: unknown, operation: string, blob: string): unknown =>
    storageFailure(thrown, `${operation} ${blob} (container ${name})`, {
      container: name,
      operation,
      blob,
    });

  return {
    name,
    put: async (blob, content, contentType) => {
      await upload(blob, content, contentType, {});
    },
    putOnce: async (blob, content, contentType) => upload(blob, content, contentType, { ifNoneMatch: '*' }),
    get: async (blob) => {
      try {
        const answer = await client()
          .getBlobClient(blob)
          .download(undefined, undefined, { abortSignal: clients.callLimit() });
        const chunks: Buffer[] = [];
        for await (const chunk of answer.readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
        return Buffer.concat(chunks);
      } catch (thrown) {
        if (answerOf(thrown).status === 404) return undefined;
        throw failure(thrown, 'read', blob);
      }
    },
    list: async (prefix) => {
      try {
        return await emptyIfAbsent(async () => {
          const names: string[] = [];
          const blobs = client().listBlobsFlat({ prefix, abortSignal: clients.callLimit() });
          for await (const blob of blobs) names.push(blob.name);
          return names;
        }, []);
      } catch (thrown) {
        throw failure(thrown, 'list', prefix);
      }
    },
    remove: async (blob) => {
      try {
        await client().getBlobClient(blob).delete({ abortSignal: clients.callLimit() });
      } catch (thrown) {
        if (answerOf(thrown).status === 404) return;
        throw failure(thrown, 'remove', blob);
      }
    },
    removeUnmodifiedSince: async (blob, instant) => {
      // The service would also remove what was modified in that very second, so the second before it is used.
      const conditions = { ifUnmodifiedSince: new Date(instant - 1_000) };
      try {
        await client().getBlobClient(blob).delete({ conditions, abortSignal: clients.callLimit() });
      } catch (thrown) {
        const { status } = answerOf(thrown);
        if (status === 404 || status === 412) return;
        throw failure(thrown, 'remove', blob);
      }
    },
  };
}
