// Keeps what Azure's clients send, tokens included, at the endpoint that the settings name: pages of lists, polls and
// redirects are addresses that an answer names.
import type { Pipeline } from '@azure/core-rest-pipeline';

import { RetryableError } from '../../domain/errors';

/**
 * The policy goes last, so it also sees where a redirect leads. It rejects a request to another host with a
 * RetryableError, and sends nothing.
 */
export function stayAtEndpoint(pipeline: Pipeline, endpoint: URL): void {
  pipeline.addPolicy(
    {
      name: 'stayAtEndpoint',
      sendRequest: async (request, next) => {
        const url = new URL(request.url);
        if (isAtEndpoint(url, endpoint)) return next(request);
        throw new RetryableError(
          `An answer of ${endpoint.host} leads to ${url.origin}, where no request is sent: only ${endpoint.host} and hosts below it get one.`,
          { host: url.host },
        );
      },
    },
    { afterPhase: 'Sign' },
  );
}

/** Whether it is the endpoint itself, or over https a host below it: Resource Manager has one for each region. */
export function isAtEndpoint(url: URL, endpoint: URL): boolean {
  if (url.origin === endpoint.origin) return true;
  const isBelow = url.hostname.endsWith(`.${endpoint.hostname}`) && url.port === endpoint.port;
  return isBelow && url.protocol === 'https:' && endpoint.protocol === 'https:';
}
