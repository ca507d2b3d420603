// The storage SDKs' clients for one account, built when first asked for.
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type { TableClient } from '@azure/data-tables';
import type { BlobServiceClient, ContainerClient } from '@azure/storage-blob';
import type { QueueClient, QueueServiceClient } from '@azure/storage-queue';

import { overSafeWays, type StorageConnection } from './connection';
import { dataTables, storageBlob, storageQueue } from './sdk';

/** Nothing here sends a request. */
export interface StorageClients {
  table(name: string): TableClient;
  container(name: string): ContainerClient;
  /** Of all containers; for what is not asked of one alone. */
  blobService(): BlobServiceClient;
  queue(name: string): QueueClient;
  /**
   * The time limit of one call to a container's or queue's client, its repeats included. Without it those SDKs wait for
   * ever for a server that accepts a connection and never answers. The table clients have their own limit.
   */
  callLimit(): AbortSignal;
}

/**
 * Few and quick repeats: the adapters' callers repeat in their own way (Durable retries, a queue's redelivery, the next
 * tick), and should soon learn that the store is away. Two repeats carry a call over a dropped connection or a
 * throttled instant. A repeated conditional write whose first answer was lost reads as `changed` or `exists`; its
 * caller reads again and finds its own row.
 */
const REPEATS = 2;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 1_000;
/** The limit of one call. The services answer within a second or are in trouble. */
const CALL_LIMIT_MS = 15_000;

/**
 * Clients for the account that `connection` names; made on first use, then kept.
 *
 * @throws TerminalError for a connection in clear text over a network.
 */
export function createStorageClients(
  connection: StorageConnection,
  callLimitMs = CALL_LIMIT_MS,
): StorageClients {
  overSafeWays(connection);
  const blobService = once(() => blobServiceClient(connection));
  const queueService = once(() => queueServiceClient(connection));
  return {
    table: onceEach((name) => tableClient(connection, name, callLimitMs)),
    container: onceEach((name) => blobService().getContainerClient(name)),
    blobService,
    queue: onceEach((name) => queueService().getQueueClient(name)),
    callLimit: () => AbortSignal.timeout(callLimitMs),
  };
}

function tableClient(connection: StorageConnection, name: string, callLimitMs: number): TableClient {
  const { TableClient } = dataTables();
  const options = {
    retryOptions: {
      maxRetries: REPEATS,
      retryDelayInMs: FIRST_DELAY_MS,
      maxRetryDelayInMs: LONGEST_DELAY_MS,
    },
    additionalPolicies: [{ policy: callLimit(callLimitMs), position: 'perCall' as const }],
  };
  switch (connection.kind) {
    case 'connection-string':
      // Every http address that is not on this machine has been refused already.
      return TableClient.fromConnectionString(connection.connectionString, name, {
        ...options,
        allowInsecureConnection: true,
      });
    case 'identity':
      return new TableClient(connection.tableUrl, name, connection.credential, options);
  }
}

/**
 * The table SDK has no time limit of its own. An abort signal, since the pipeline's `timeout` leaves its timer running,
 * and the process with it, when the connection fails (core-rest-pipeline 1.24, tried). Each page of a query has the
 * limit to itself.
 */
function callLimit(limitMs: number): PipelinePolicy {
  return {
    name: 'callLimit',
    sendRequest: (request, next) => {
      const limit = AbortSignal.timeout(limitMs);
      const given = request.abortSignal;
      request.abortSignal = given instanceof AbortSignal ? AbortSignal.any([given, limit]) : limit;
      return next(request);
    },
  };
}

const streamOptions = {
  retryOptions: {
    maxTries: 1 + REPEATS,
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

function onceEach<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const found = made.get(name) ?? make(name);
    made.set(name, found);
    return found;
  };
}
