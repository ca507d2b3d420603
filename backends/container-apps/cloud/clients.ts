// The clients of one subscription: the genuine SDK, and what it lacks.
import type { ContainerAppsAPIClient } from '@azure/arm-appcontainers';
import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient } from '@azure/core-rest-pipeline';

import { isLoopback } from '../../../domain/parse/loopback';
import { READ_RETRIES, withoutThrottledRetries } from '../../arm/arm-pipeline';
import { type ArmReads, createArmReads } from '../../arm/arm-reads';
import { coreRestPipeline } from '../../arm/core-sdk';
import { stayAtEndpoint } from '../../arm/stay-at-endpoint';
import { createReplicasApi, type ReplicasApi } from './replicas-api';
import { armAppContainers } from './sdk';
import { createStreamsApi, type StreamsApi } from './streams-api';
import { createWorkspaceLogs, type WorkspaceLogs } from './workspace-logs';

export interface ContainerAppsClients {
  /** Retries nothing: each start that arrives runs the program once more (I1). */
  readonly starting: ContainerAppsAPIClient;
  /** Whatever may be repeated: reads, deletes, stops, and the PUT of a definition. */
  readonly reading: ContainerAppsAPIClient;
  readonly replicas: ReplicasApi;
  readonly streams: StreamsApi;
  /** The Log Analytics workspaces, wherever they are. */
  readonly workspaces: WorkspaceLogs;
  /** What else the doctor reads of Resource Manager, in any subscription. */
  readonly resources: ArmReads;
}

export interface ClientParts {
  /** Of Resource Manager. */
  readonly endpoint: URL;
  /** Of Log Analytics' query API. */
  readonly logsEndpoint: URL;
  readonly subscriptionId: string;
  /** Asked for tokens unless an endpoint is http on loopback. */
  readonly credential: TokenCredential;
  /** Left out: the network. */
  readonly httpClient?: HttpClient | undefined;
}

function containerAppsClients(parts: ClientParts): ContainerAppsClients {
  const reading = client(parts, READ_RETRIES);
  withoutThrottledRetries(reading.pipeline);
  const replicas = createReplicasApi(parts);
  return {
    starting: client(parts, { maxRetries: 0 }),
    reading,
    replicas,
    streams: createStreamsApi(replicas, parts.endpoint, parts.httpClient),
    workspaces: createWorkspaceLogs(parts),
    resources: createArmReads(parts),
  };
}

function client(
  { endpoint, subscriptionId, credential, httpClient }: ClientParts,
  retryOptions: { readonly maxRetries: number },
): ContainerAppsAPIClient {
  const { ContainerAppsAPIClient } = armAppContainers();
  const isLocal = isLoopback(endpoint);
  const made = new ContainerAppsAPIClient(credential, subscriptionId, {
    endpoint: endpoint.origin,
    retryOptions,
    allowInsecureConnection: isLocal,
    ...(httpClient === undefined ? {} : { httpClient }),
  });
  // It refuses http whatever it is told (docs/facts/azure-resource-manager.md#bearer-over-http).
  if (isLocal) made.pipeline.removePolicy({ name: coreRestPipeline().bearerTokenAuthenticationPolicyName });
  stayAtEndpoint(made.pipeline, endpoint);
  return made;
}

/** The clients of each subscription, made when they are first asked for. */
export function createContainerAppsClientsBySubscription(
  parts: Omit<ClientParts, 'subscriptionId'>,
): (subscriptionId: string) => ContainerAppsClients {
  const made = new Map<string, ContainerAppsClients>();
  return (subscriptionId) => {
    const clients = made.get(subscriptionId) ?? containerAppsClients({ ...parts, subscriptionId });
    made.set(subscriptionId, clients);
    return clients;
  };
}
