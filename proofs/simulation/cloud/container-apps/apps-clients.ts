// Azure's own client of Container Apps over the simulated way to them.
import { ContainerAppsAPIClient } from '@azure/arm-appcontainers';

import { createArmReads } from '../../../../backends/arm/arm-reads';
import type { ContainerAppsClients } from '../../../../backends/container-apps/cloud/clients';
import { createReplicasApi } from '../../../../backends/container-apps/cloud/replicas-api';
import { createStreamsApi } from '../../../../backends/container-apps/cloud/streams-api';
import { createWorkspaceLogs } from '../../../../backends/container-apps/cloud/workspace-logs';
import type { Handler } from '../../../../standins/wire/handler';
import { createHandlerHttpClient } from '../../../../standins/wire/sdk-http-client';
import { SUBSCRIPTION } from '../../../../test/support/placements';

const ENDPOINT = new URL('https://management.azure.com');
const LOGS_ENDPOINT = new URL('https://api.loganalytics.io');
const CREDENTIAL = {
  getToken: () => Promise.resolve({ token: 'any', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
};

/** They retry nothing: the waits of a client take real time. */
export function appsClients(handler: Handler): ContainerAppsClients {
  const httpClient = createHandlerHttpClient(handler);
  const client = new ContainerAppsAPIClient(CREDENTIAL, SUBSCRIPTION, {
    endpoint: ENDPOINT.origin,
    httpClient,
    retryOptions: { maxRetries: 0 },
  });
  const replicas = createReplicasApi({ endpoint: ENDPOINT, credential: CREDENTIAL, httpClient });
  const workspaces = createWorkspaceLogs({ logsEndpoint: LOGS_ENDPOINT, credential: CREDENTIAL, httpClient });
  return {
    starting: client,
    reading: client,
    replicas,
    streams: createStreamsApi(replicas, ENDPOINT, httpClient),
    workspaces,
    resources: createArmReads({ endpoint: ENDPOINT, credential: CREDENTIAL, httpClient }),
  };
}
