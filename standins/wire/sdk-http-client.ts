// Carries the requests of an Azure SDK client to a handler in the same process, without a socket or a server; https
// stays https.
import { createHttpHeaders, type HttpClient, type PipelineRequest } from '@azure/core-rest-pipeline';

import type { BodyStream, Handler } from './handler';

/**
 * The `httpClient` option of an SDK client, answered by `handler`. An aborted request rejects with an `AbortError`, as
 * with the SDK's own client. As with a real one, the request may have had its effect by then.
 */
export function createHandlerHttpClient(handler: Handler): HttpClient {
  return {
    sendRequest: async (request) => {
      throwIfAborted(request);
      const url = new URL(request.url);
      const answer = await handler({
        method: request.method,
        url,
        headers: { host: url.host, ...request.headers.toJSON() },
        body: bodyOf(request),
      });
      throwIfAborted(request);
      const streamed = answer.stream && wholeOf(answer.stream, request.url);
      return {
        request,
        status: answer.status,
        headers: createHttpHeaders({ ...answer.headers }),
        bodyAsText: (streamed ?? answer.body)?.toString() ?? '',
      };
    },
  };
}

/**
 * The client of the container service sends text or nothing. Anything else would be a stream that can't be read twice.
 */
function bodyOf(request: PipelineRequest): Buffer {
  const { body } = request;
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return Buffer.from(body);
  throw new TypeError(
    `A handler takes a body of text or bytes; ${request.method} ${request.url} has another kind.`,
  );
}

function throwIfAborted(request: PipelineRequest): void {
  if (request.abortSignal?.aborted !== true) return;
  const error = new Error('The operation was aborted. Request has already been canceled.');
  error.name = 'AbortError';
  throw error;
}

/** A stream that ends as it is opened. Throws TypeError for one that goes on: an SDK client reads whole answers. */
function wholeOf(stream: BodyStream, url: string): Buffer {
  const chunks: Buffer[] = [];
  const ends: true[] = [];
  const close = stream.open({
    write: (chunk) => {
      chunks.push(Buffer.from(chunk));
    },
    end: () => {
      ends.push(true);
    },
    abort: () => undefined,
  });
  if (ends.length > 0) return Buffer.concat(chunks);
  close();
  throw new TypeError(`An Azure SDK client reads whole answers; ${url} goes on.`);
}
