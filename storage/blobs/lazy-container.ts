// One blob container, for blobs that are read and written whole.
import type { ContainerClient } from '@azure/storage-blob';

import type { StorageClients } from '../account/clients';
import { creatingIfAbsent, emptyIfAbsent } from '../account/lazy-store';
import { answerOf, storageFailure } from '../account/storage-failure';

export class LazyContainer {
  readonly #clients: StorageClients;
  readonly name: string;

  /** Loads no SDK yet; the first operation does. */
  constructor(clients: StorageClients, name: string) {
    this.#clients = clients;
    this.name = name;
  }

  get #client(): ContainerClient {
    return this.#clients.container(this.name);
  }

  /** Writes the blob, over whatever stands there. One request. */
  async put(blob: string, content: Buffer, contentType: string): Promise<void> {
    await this.#upload(blob, content, contentType, {});
  }

  /** Writes the blob unless one of that name exists. One request. */
  async putOnce(blob: string, content: Buffer, contentType: string): Promise<'written' | 'exists'> {
    return this.#upload(blob, content, contentType, { ifNoneMatch: '*' });
  }

  /** The blob's bytes; undefined is a definite absence. One request. */
  async get(blob: string): Promise<Buffer | undefined> {
    try {
      const answer = await this.#client
        .getBlobClient(blob)
        .download(undefined, undefined, { abortSignal: this.#clients.callLimit() });
      const chunks: Buffer[] = [];
      for await (const chunk of answer.readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks);
    } catch (thrown) {
      if (answerOf(thrown).status === 404) return undefined;
      throw this.#failure(thrown, 'read', blob);
    }
  }

  /** Names of the blobs that begin with `prefix`. One request a page of five thousand. */
  async list(prefix: string): Promise<string[]> {
    try {
      return await emptyIfAbsent(async () => {
        const names: string[] = [];
        const blobs = this.#client.listBlobsFlat({ prefix, abortSignal: this.#clients.callLimit() });
        for await (const blob of blobs) names.push(blob.name);
        return names;
      }, []);
    } catch (thrown) {
      throw this.#failure(thrown, 'list', prefix);
    }
  }

  /** Removing a blob that is not there succeeds. */
  async remove(blob: string): Promise<void> {
    try {
      await this.#client.getBlobClient(blob).delete({ abortSignal: this.#clients.callLimit() });
    } catch (thrown) {
      if (answerOf(thrown).status === 404) return;
      throw this.#failure(thrown, 'remove', blob);
    }
  }

  /** Removes the blob unless it was written at or after this instant (epoch milliseconds, counted in whole seconds). */
  async removeUnmodifiedSince(blob: string, instant: number): Promise<void> {
    // The service would also remove what was modified in that very second, so the second before it is used.
    const conditions = { ifUnmodifiedSince: new Date(instant - 1_000) };
    try {
      await this.#client.getBlobClient(blob).delete({ conditions, abortSignal: this.#clients.callLimit() });
    } catch (thrown) {
      const { status } = answerOf(thrown);
      if (status === 404 || status === 412) return;
      throw this.#failure(thrown, 'remove', blob);
    }
  }

  async #upload(
    blob: string,
    content: Buffer,
    contentType: string,
    conditions: { readonly ifNoneMatch?: string },
  ): Promise<'written' | 'exists'> {
    const options = {
      conditions,
      blobHTTPHeaders: { blobContentType: contentType },
      abortSignal: this.#clients.callLimit(),
    };
    try {
      await creatingIfAbsent(
        () => this.#client.getBlockBlobClient(blob).upload(content, content.length, options),
        () => this.#client.createIfNotExists({ abortSignal: options.abortSignal }),
      );
      return 'written';
    } catch (thrown) {
      const { code, status } = answerOf(thrown);
      // 409 BlobAlreadyExists by the documentation of Put Blob; 412 is the generic answer to a condition.
      if (conditions.ifNoneMatch !== undefined && (code === 'BlobAlreadyExists' || status === 412))
        return 'exists';
      throw this.#failure(thrown, 'write', blob);
    }
  }

  #failure(thrown: unknown, operation: string, blob: string): unknown {
    return storageFailure(thrown, `${operation} ${blob} (container ${this.name})`, {
      container: this.name,
      operation,
      blob,
    });
  }
}
