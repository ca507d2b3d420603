// Reads the body of an answer, up to a limit.
import type { Readable } from 'node:stream';

import { RetryableError } from '../../../domain/errors';
import type { ClusterAnswer, ClusterRequest } from './cluster-api';

const MOST_BYTES = 16 * 1024 * 1024;

/** @throws RetryableError for a body beyond its limit; Node's own error for one that breaks off. */
export async function bodyWithin(
  body: Readable,
  { mostBytes = MOST_BYTES, cut = false, method, path }: ClusterRequest,
): Promise<Pick<ClusterAnswer, 'body' | 'isCut'>> {
  const chunks: Buffer[] = [];
  let left = mostBytes;
  for await (const chunk of body) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('A body yields buffers.');
    if (chunk.length > left) {
      if (!cut)
        throw new RetryableError(
          `The answer to ${method} ${path.split('?')[0] ?? ''} is longer than the ${mostBytes} bytes that are read of one.`,
          { mostBytes },
        );
      chunks.push(chunk.subarray(0, left));
      return { body: Buffer.concat(chunks), isCut: true }; // Leaving the loop closes the connection.
    }
    left -= chunk.length;
    chunks.push(chunk);
  }
  return { body: Buffer.concat(chunks), isCut: false };
}
