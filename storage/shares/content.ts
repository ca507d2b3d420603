// The content of a file on a share, from an offset on.
import type { FileGetPropertiesResponse, ShareFileClient } from '@azure/storage-file-share';

import { RetryableError } from '../../domain/errors';
import type { FileContent } from '../../domain/ports/files';

/** How often the client asks again for the rest when a connection breaks; it gives up where the ETag has changed. */
const MOST_BREAKS = 5;

/** `head`: what the file is now. `failed` words what the client throws. */
export async function contentOf(
  file: ShareFileClient,
  from: number,
  head: Pick<FileGetPropertiesResponse, 'contentLength' | 'etag'>,
  failed: (error: unknown) => unknown,
): Promise<FileContent> {
  const { contentLength: bytes = 0, etag = '' } = head;
  if (from >= bytes) return { bytes, etag, body: nothing() };
  const answer = await file.download(from, undefined, { maxRetryRequests: MOST_BREAKS });
  const stream = answer.readableStreamBody;
  if (stream === undefined || answer.etag !== etag)
    throw new RetryableError('The file changed while it was opened: ask again.');
  return { bytes, etag, body: chunksOf(stream, failed) };
}

async function* chunksOf(
  stream: NodeJS.ReadableStream,
  failed: (error: unknown) => unknown,
): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  } catch (error) {
    throw failed(error);
  }
}

async function* nothing(): AsyncIterable<Uint8Array> {
  // A file without more bytes.
}
