// The storage SDKs' clients for one account, built when first asked for.
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type { TableClient } from '@azure/data-tables';
import type { BlobServiceClient, ContainerClient } from '@azure/storage-blob';
import type { QueueClient, QueueServiceClient } from '@azure/storage-queue';

import type { StorageConnection } from './connection';
import { dataTables, storageBlob, storageQueue } from './sdk';

/** Nothing here sends a request. */
export interface StorageClients {
  table(name: string): TableClient;
  container(name: string): ContainerClient;
  queue(name: string): QueueClient;
}

/**
 * Few and quick: whoever calls the adapters repeats in its own way (Durable retries, a queue's redelivery, the next tick), and should learn
 * soon that the store is away. Two repeats carry a call over a dropped connection or a throttled instant.
 * A repeated conditional write whose first answer was lost reads as `changed` or `exists`; its caller reads again and finds its own row.
 */
const REPEATS = 2;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 1_000;
/** One try. The services answer within a second or are in trouble; the table service itself gives up after 30 s. */
const TRY_TIMEOUT_MS = 10_000;

/** Clients for the account that `connection` names; made on first use, then kept. */
export function storageClients(connection: StorageConnection): StorageClients {
  const blobService = once(() => blobServiceClient(connection));
  const queueService = once(() => queueServiceClient(connection));
  const tables = new Map<string, TableClient>();
  return {
    table: (name) => {
      const made = tables.get(name) ?? tableClient(connection, name);
      tables.set(name, made);
      return made;
    },
    container: (name) => blobService().getContainerClient(name),
    queue: (name) => queueService().getQueueClient(name),
  };
}

function tableClient(connection: StorageConnection, name: string): TableClient {
  const { TableClient } = dataTables();
  const options = {
    retryOptions: {
      maxRetries: REPEATS,
      retryDelayInMs: FIRST_DELAY_MS,
      maxRetryDelayInMs: LONGEST_DELAY_MS,
    },
    additionalPolicies: [{ policy: tryTimeout, position: 'perRetry' as const }],
  };
  switch (connection.kind) {
    case 'connection-string':
      // connectionFromSettings has refused every http address that is not on this machine.
      return TableClient.fromConnectionString(connection.connectionString, name, {
        ...options,
        allowInsecureConnection: true,
      });
    case 'identity':
      return new TableClient(connection.tableUrl, name, connection.credential, options);
  }
}

/** The table SDK knows no time limit of its own. */
const tryTimeout: PipelinePolicy = {
  name: 'tryTimeout',
  sendRequest: (request, next) => {
    request.timeout = TRY_TIMEOUT_MS;
    return next(request);
  },
};

const streamOptions = {
  retryOptions: {
    maxTries: 1 + REPEATS,
    tryTimeoutInMs: TRY_TIMEOUT_MS,
    retryDelayInMs: FIRST_DELAY_MS,
    maxRetryDelayInMs: LONGEST_DELAY_MS,
  },
};

function blobServiceClient(connection: StorageConnection): BlobServiceClient {
  const { BlobServiceClient } = storageBlob();
  switch (connection.kind) {
    case 'connection-string':
      return BlobServiceClient.fromConnectionString(connection.connectionString, streamOptions);
    case 'identity':
      return new BlobServiceClient(connection.blobUrl, connection.credential, streamOptions);
  }
}

function queueServiceClient(connection: StorageConnection): QueueServiceClient {
  const { QueueServiceClient } = storageQueue();
  switch (connection.kind) {
    case 'connection-string':
      return QueueServiceClient.fromConnectionString(connection.connectionString, streamOptions);
    case 'identity':
      return new QueueServiceClient(connection.queueUrl, connection.credential, streamOptions);
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
