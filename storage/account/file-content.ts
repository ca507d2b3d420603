// The content of a stored file from an offset on, whichever of the storage SDKs reads it.
import { RetryableError } from '../../domain/errors';
import type { FileContent } from '../../domain/ports/files';

/** How often the client asks again for the rest when a connection breaks; it gives up where the ETag has changed. */
const MOST_BREAKS = 5;
/** So long a place may be silent, before its first byte and between two pieces, milliseconds. */
const SILENT_MS = 15_000;

interface Head {
  readonly contentLength?: number | undefined;
  readonly etag?: string | undefined;
}

/** A file's client, as far as reading takes it. */
interface Readable {
  download(
    from: number,
    count: undefined,
    options: { readonly maxRetryRequests: number; readonly abortSignal: AbortSignal },
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
  silentMs = SILENT_MS,
): Promise<FileContent> {
  const { contentLength: bytes = 0, etag = '' } = head;
  if (from >= bytes) return { bytes, etag, body: nothing() };
  const silence = new AbortController();
  const answer = await within(silence, silentMs, () =>
    file.download(from, undefined, { maxRetryRequests: MOST_BREAKS, abortSignal: silence.signal }),
  );
  const stream = answer.readableStreamBody;
  if (stream === undefined || answer.etag !== etag)
    throw new RetryableError('The file changed while it was opened: ask again.');
  return { bytes, etag, body: chunksOf(stream, failed, (next) => within(silence, silentMs, next)) };
}

async function* chunksOf(
  stream: NodeJS.ReadableStream,
  failed: (error: unknown) => unknown,
  timed: <T>(next: () => Promise<T>) => Promise<T>,
): AsyncIterable<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]();
  const end = { done: false };
  try {
    for (;;) {
      const next = await timed(() => chunks.next());
      end.done = next.done === true;
      if (next.done === true) return;
      yield typeof next.value === 'string' ? Buffer.from(next.value) : next.value;
    }
  } catch (error) {
    throw failed(error);
  } finally {
    if (!end.done) await chunks.return?.();
  }
}

/** Ends what is under way where nothing comes of it in time. While its reader takes no more, no time passes. */
async function within<T>(silence: AbortController, ms: number, act: () => Promise<T>): Promise<T> {
  const timer = setTimeout(() => silence.abort(), ms);
  try {
    return await act();
  } finally {
    clearTimeout(timer);
  }
}

async function* nothing(): AsyncIterable<Uint8Array> {
  // A file without more bytes.
}
