// The content of a stored file from an offset on, whichever of the storage SDKs reads it.
import { RetryableError } from '../../domain/errors';
import type { FileContent } from '../../domain/ports/files';

/** How often the client asks again for the rest when a connection breaks; it gives up where the ETag has changed. */
const MOST_BREAKS = 5;

interface Head {
  readonly contentLength?: number | undefined;
  readonly etag?: string | undefined;
}

/** A file's client, as far as reading takes it. */
interface Readable {
  download(
    from: number,
    count: undefined,
    options: { readonly maxRetryRequests: number },
  ): Promise<{
    readonly readableStreamBody?: NodeJS.ReadableStream | undefined;
    readonly etag?: string | undefined;
  }>;
}

/** `head`: what the file is now. `failed` words what the client throws. */
export async function contentOf(
  file: Readable,
  from: number,
  head: Head,
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
