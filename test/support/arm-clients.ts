// Azure's own client of Container Instances over a handler in the same process, without a socket; its token is never
// checked.
import { ContainerInstanceManagementClient } from '@azure/arm-containerinstance';

import type { AciClients } from '../../backends/aci/aci-backend';
import type { Handler } from '../../standins/wire/handler';
import { createHandlerHttpClient } from '../../standins/wire/sdk-http-client';
import { SUBSCRIPTION } from './placements';

/** It retries nothing, because its waits would take real time. */
export function armClient(handler: Handler): ContainerInstanceManagementClient {
  const credential = {
    getToken: () => Promise.resolve({ token: 'any', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
  };
  return new ContainerInstanceManagementClient(credential, SUBSCRIPTION, {
    httpClient: createHandlerHttpClient(handler),
    retryOptions: { maxRetries: 0 },
  });
}

/** The one client, for creates and for reads. */
export function armClients(handler: Handler): AciClients {
  const client = armClient(handler);
  return { creating: client, reading: client };
}
