// Requests that no SDK of ours has: to Resource Manager with its token, to others with what they ask for. Each is sent
// once; whoever needs the answer asks again.
import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient, Pipeline } from '@azure/core-rest-pipeline';

import { messageOf, RetryableError } from '../../domain/errors';
import { isLoopback } from '../../domain/parse/loopback';
import { armPipeline } from './arm-pipeline';
import { coreRestPipeline } from './core-sdk';

interface OneRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Without an answer by then it counts as unanswered, milliseconds. */
  readonly withinMs: number;
  /** Ends it earlier. */
  readonly signal?: AbortSignal | undefined;
}

export interface OneAnswer {
  readonly status: number;
  readonly body: string;
}

/** Rejects with RetryableError where no answer came. */
export type SendOnce = (request: OneRequest) => Promise<OneAnswer>;

/** `httpClient`: left out: the network. */
export function sendOnce(httpClient?: HttpClient): SendOnce {
  return sender(() => coreRestPipeline().createPipelineFromOptions({ retryOptions: ONCE }), httpClient);
}

/** `credential` is asked for a token unless the endpoint is http on loopback. */
export function sendOnceToArm(endpoint: URL, credential: TokenCredential, httpClient?: HttpClient): SendOnce {
  return sender(() => armPipeline(endpoint, credential, ONCE), httpClient);
}

const ONCE = { maxRetries: 0 };

function sender(makePipeline: () => Pipeline, httpClient: HttpClient | undefined): SendOnce {
  let made: Pipeline | undefined;
  return async ({ method, url, headers = {}, withinMs, signal }) => {
    const { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } = coreRestPipeline();
    made ??= makePipeline();
    // Not the client's own `timeout`: its timer stays behind where no connection comes about.
    const limit = AbortSignal.timeout(withinMs);
    const request = createPipelineRequest({
      url: url.href,
      method,
      headers: createHttpHeaders(headers),
      abortSignal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
      allowInsecureConnection: isLoopback(url),
    });
    try {
      const answer = await made.sendRequest(httpClient ?? createDefaultHttpClient(), request);
      return { status: answer.status, body: answer.bodyAsText ?? '' };
    } catch (error) {
      const why = limit.aborted ? `no answer within ${withinMs} ms` : messageOf(error);
      throw new RetryableError(`${method} ${url.pathname} was not answered: ${why}`, {}, { cause: error });
    }
  };
}
