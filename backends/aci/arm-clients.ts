// The genuine ARM clients of one subscription; only endpoint and credential differ between Azure and an emulator.
import type { TokenCredential } from '@azure/core-auth';

import { isLoopback } from '../../domain/parse/loopback';
import { READ_RETRIES, withoutThrottledRetries } from '../arm/arm-pipeline';
import { coreRestPipeline } from '../arm/core-sdk';
import { stayAtEndpoint } from '../arm/stay-at-endpoint';
import type { AciClients } from './aci-backend';
import { armContainerInstance, coreClient } from './sdk';

/** `credential` is asked for tokens unless the endpoint is http on loopback. */
export function aciClients(endpoint: URL, subscriptionId: string, credential: TokenCredential): AciClients {
  const { ContainerInstanceManagementClient } = armContainerInstance();
  const client = (retryOptions: { maxRetries: number }): AciClients['creating'] => {
    const made = new ContainerInstanceManagementClient(credential, subscriptionId, {
      endpoint: endpoint.origin,
      retryOptions,
      ...(isLoopback(endpoint) ? withoutBearer(retryOptions) : {}),
    });
    stayAtEndpoint(made.pipeline, endpoint);
    return made;
  };
  const reading = client(READ_RETRIES);
  withoutThrottledRetries(reading.pipeline);
  return { creating: client({ maxRetries: 0 }), reading };
}

/**
 * The bearer policy refuses http whatever it is told (docs/facts/azure-resource-manager.md#bearer-over-http), so for an
 * emulator one that does nothing stands in its place.
 */
function withoutBearer(retryOptions: object): object {
  const pipeline = coreClient().createClientPipeline({ retryOptions });
  const name = coreRestPipeline().bearerTokenAuthenticationPolicyName;
  pipeline.addPolicy({ name, sendRequest: (request, next) => next(request) });
  return { pipeline, allowInsecureConnection: true };
}

/** The clients of each subscription, made when they are first asked for. */
export function createAciClientsBySubscription(
  endpoint: URL,
  credential: TokenCredential,
): (subscriptionId: string) => AciClients {
  const made = new Map<string, AciClients>();
  return (subscriptionId) => {
    const clients = made.get(subscriptionId) ?? aciClients(endpoint, subscriptionId, credential);
    made.set(subscriptionId, clients);
    return clients;
  };
}
