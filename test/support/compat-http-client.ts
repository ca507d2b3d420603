// Carries requests of the storage SDKs, whose `httpClient` option has a form of its own, to a handler.
import type { ShareClientOptions } from '@azure/storage-file-share';

import type { Handler } from '../../standins/wire/handler';

/** Texts alone go along, and answers have no stream: not for downloads. */
export function compatHttpClient(handler: Handler): NonNullable<ShareClientOptions['httpClient']> {
  return {
    sendRequest: async (request) => {
      const url = new URL(request.url);
      const answer = await handler({
        method: request.method,
        url,
        headers: { host: url.host, ...request.headers.toJson() },
        body: Buffer.from(typeof request.body === 'string' ? request.body : ''),
      });
      const headers = request.headers.clone();
      for (const name of headers.headerNames()) headers.remove(name);
      for (const [name, value] of Object.entries(answer.headers ?? {})) headers.set(name, value);
      return { request, status: answer.status, headers, bodyAsText: answer.body?.toString() ?? '' };
    },
  };
}
