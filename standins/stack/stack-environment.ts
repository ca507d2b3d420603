// The environment that the stack gives its processes. It is built here only.
import type { AciPlacement } from '../../backends/aci/placement';
import type { ContainerAppsPlacement } from '../../backends/container-apps/placement';
import type { KubernetesPlacement } from '../../backends/kubernetes/placement';
import { ADDED_IMAGES, type AddedImages, readAddedImages } from '../containers/added-images';
import { VAULT_PATH } from '../key-vault/vault';
import { kubeconfigFile } from '../kubernetes/process-settings';
import { storageConnectionString, storageEndpoints } from './azurite-endpoints';
import { LOCAL_APPS_PLACEMENT, LOCAL_PLACEMENTS, localClusterPlacement } from './local-placements';
import { withSharesOnApps, withSharesOnInstances } from './local-shares';
import type { Ports } from './ports';
import type { Environment } from './stack-settings';

/** What the stack decides itself: it boots storage and stand-ins, so no other value can be right. */
const DECIDED_BY_STACK = ['AzureWebJobsStorage', 'GPU_JOBS_ARM_ENDPOINT', 'GPU_JOBS_LOGS_ENDPOINT'] as const;

/**
 * Defaults that a user's own settings replace. The protocol's times are shortened together, in their order. The
 * emulator's worst case is known: a create has its effect within seconds or never.
 */
const DEFAULTS: Readonly<Record<string, string>> = {
  FUNCTIONS_WORKER_RUNTIME: 'node',
  GPU_JOBS_POLL_FLOOR_MS: '200',
  GPU_JOBS_CREATE_BOUND_S: '2',
  GPU_JOBS_CREATE_REQUEST_S: '5',
  GPU_JOBS_ABSENT_FOR_S: '2',
  GPU_JOBS_UNKNOWN_FATE_S: '10',
  GPU_JOBS_UNKNOWN_WORKLOAD_S: '15',
  GPU_JOBS_DELETE_AGAIN_S: '4',
  GPU_JOBS_OVERDUE_S: '120',
  GPU_JOBS_RETRY_BACKOFF_S: '1',
  GPU_JOBS_CAPACITY_BACKOFF_S: '5',
  GPU_JOBS_LONGEST_CAPACITY_BACKOFF_S: '60',
  GPU_JOBS_LOG_QUIET_S: '20',
  GPU_JOBS_LOG_GIVE_UP_S: '600',
  AzureFunctionsJobHost__extensions__queues__maxPollingInterval: '00:00:00.100',
};

export interface StackEnvironmentInput {
  /** The user's settings: the process environment over local.settings.json. */
  readonly user: Environment;
  /** The ports as claimed, without zeros. */
  readonly ports: Ports;
  readonly stateFolder: string;
}

/** One environment for all processes. Later lines win. */
export function stackEnvironment({ user, ports, stateFolder }: StackEnvironmentInput): NodeJS.ProcessEnv {
  const files = `http://127.0.0.1:${ports.aci}`;
  const onApps: readonly ContainerAppsPlacement[] =
    ports.containerApps === undefined ? [] : [withSharesOnApps(LOCAL_APPS_PLACEMENT, files)];
  const onCluster: readonly KubernetesPlacement[] =
    ports.kubernetes === undefined ? [] : [localClusterPlacement(kubeconfigFile(stateFolder), files)];
  const onInstances = placements(readAddedImages(user[ADDED_IMAGES])).map((placement) =>
    withSharesOnInstances(placement, files),
  );
  return {
    ...DEFAULTS,
    // A job that names no placement goes to the first that can hold it: where Azure sells GPUs today comes first.
    GPU_JOBS_PLACEMENTS: JSON.stringify([...onApps, ...onCluster, ...onInstances]),
    GPU_JOBS_KEY_VAULT: `http://127.0.0.1:${ports.aci}${VAULT_PATH}`,
    ...user,
    GPU_JOBS_FUNCTIONS_PORT: String(ports.functions),
    GPU_JOBS_ACI_PORT: String(ports.aci),
    ...(ports.aciTls !== undefined && { GPU_JOBS_ACI_TLS_PORT: String(ports.aciTls) }),
    ...(ports.kubernetes !== undefined && { GPU_JOBS_KUBERNETES_PORT: String(ports.kubernetes) }),
    ...(ports.containerApps !== undefined && {
      GPU_JOBS_CONTAINER_APPS_PORT: String(ports.containerApps),
      GPU_JOBS_LOGS_ENDPOINT: `http://127.0.0.1:${ports.containerApps}`,
    }),
    GPU_JOBS_BLOB_PORT: String(ports.blob),
    GPU_JOBS_QUEUE_PORT: String(ports.queue),
    GPU_JOBS_TABLE_PORT: String(ports.table),
    GPU_JOBS_LOCAL_STATE: stateFolder,
    AzureWebJobsStorage: storageConnectionString(storageEndpoints(ports)),
    GPU_JOBS_ARM_ENDPOINT: `http://127.0.0.1:${ports.aci}`,
  };
}

/** Where a stack that runs keeps its own storage and stand-ins. */
export interface OwnAddresses {
  readonly emulatorUrl: string;
  readonly containerAppsUrl?: string;
  readonly storageConnectionString: string;
}

/** The user's settings that the stack ignores, because they name something other than its own storage and stand-ins. */
export function passedOver(user: Environment, own: OwnAddresses): readonly string[] {
  const ownValues: Readonly<Record<(typeof DECIDED_BY_STACK)[number], readonly (string | undefined)[]>> = {
    AzureWebJobsStorage: ['UseDevelopmentStorage=true', own.storageConnectionString],
    GPU_JOBS_ARM_ENDPOINT: [own.emulatorUrl],
    GPU_JOBS_LOGS_ENDPOINT: [own.containerAppsUrl],
  };
  return DECIDED_BY_STACK.filter((name) => {
    const value = user[name];
    // A stack without Container Apps has no workspaces of its own: the app gets the user's.
    if (name === 'GPU_JOBS_LOGS_ENDPOINT' && own.containerAppsUrl === undefined) return false;
    return value !== undefined && value !== '' && !ownValues[name].includes(value);
  });
}

/** The placements on container instances, which also know the entrypoints of added images. */
function placements(added: AddedImages): readonly AciPlacement[] {
  return LOCAL_PLACEMENTS.map((placement) => ({
    ...placement,
    entrypoints: {
      ...placement.entrypoints,
      ...Object.fromEntries(Object.entries(added).map(([image, command]) => [image, [...command]])),
    },
  }));
}
