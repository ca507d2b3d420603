// How requests to Resource Manager are sent, whichever of its clients sends them.
import type { TokenCredential } from '@azure/core-auth';
import type { Pipeline, PipelineRetryOptions } from '@azure/core-rest-pipeline';

import { isLoopback } from '../../domain/parse/loopback';
import { coreRestPipeline } from './core-sdk';
import { stayAtEndpoint } from './stay-at-endpoint';

/**
 * Our own callers repeat reads and deletes; the SDK only rides out a hiccup
 * (docs/facts/azure-resource-manager.md#repeats).
 */
export const READ_RETRIES = { maxRetries: 2, retryDelayInMs: 200, maxRetryDelayInMs: 2_000 };

/**
 * The SDK's own retries wait for as long as a 429 asks, within the call, unseen. Ours let hiccups pass; what was
 * refused for its rate goes back to the caller, who slows down.
 */
export function withoutThrottledRetries(pipeline: Pipeline): void {
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  pipeline.addPolicy(coreRestPipeline().exponentialRetryPolicy(READ_RETRIES), { phase: 'Retry' });
}

/**
 * For requests that no SDK of ours has; they go to the endpoint alone. `credential` is asked for a token unless the
 * endpoint is http on loopback.
 */
export function armPipeline(
  endpoint: URL,
  credential: TokenCredential,
  retryOptions: PipelineRetryOptions,
): Pipeline {
  const { bearerTokenAuthenticationPolicy, createPipelineFromOptions } = coreRestPipeline();
  const made = createPipelineFromOptions({ retryOptions });
  if (!isLoopback(endpoint))
    made.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: `${endpoint.origin}/.default` }));
  stayAtEndpoint(made, endpoint);
  return made;
}
