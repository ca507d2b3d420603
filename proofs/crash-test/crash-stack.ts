// The stack of a crash test. It is booted once, with short times and room for all jobs. Its functions host gets killed.
import type { HintStore } from '../../domain/ports/hint-store';
import type { JobStore } from '../../domain/ports/job-store';
import { kubeconfigFile } from '../../standins/kubernetes/process-settings';
import type { ClusterAddress } from '../../standins/stack/cluster-view';
import { createJobsApi, type JobsApi } from '../../standins/stack/jobs-api';
import { bootStack, type Stack } from '../../standins/stack/stack';
import { describeEnding } from '../../standins/stack/stack-process';
import { createStorageClients, type StorageClients } from '../../storage/account/clients';
import { createTableHintStore } from '../../storage/rows/table-hint-store';
import { createTableJobStore } from '../../storage/rows/table-job-store';
import { createTablePlacementStore } from '../../storage/rows/table-placement-store';
import { APPS, APPS_PLACEMENT, CLUSTER, clusterPlacement, REGIONS } from './crash-placements';

export interface CrashStack {
  readonly stack: Stack;
  readonly cluster: ClusterAddress;
  /** Where the stand-in for Container Apps answers. */
  readonly appsUrl: string;
  readonly api: JobsApi;
  /** Clients of the tables and queues themselves, which work while the host is dead. */
  readonly clients: StorageClients;
  readonly jobs: JobStore;
  readonly hints: HintStore;
  /** The names that hold a place in any placement. */
  holders(): Promise<readonly string[]>;
  /** Deaths that the test did not cause, in words. Each is a violation. */
  readonly unasked: readonly string[];
}

const FREE_PORTS = { functions: 0, aci: 0, kubernetes: 0, containerApps: 0, blob: 0, queue: 0, table: 0 };

/**
 * Short settings in which the protocol's times keep their order. A create's fate is known soon, because the stand-ins
 * act on it when it comes in. Without a `kubeconfig` there are container instances alone.
 */
export function crashSettings(kubeconfig?: string): Readonly<Record<string, string>> {
  const placements =
    kubeconfig === undefined ? REGIONS : [APPS_PLACEMENT, clusterPlacement(kubeconfig), ...REGIONS];
  return { ...QUICK, GPU_JOBS_PLACEMENTS: JSON.stringify(placements) };
}

const QUICK: Readonly<Record<string, string>> = {
  GPU_JOBS_POLL_FLOOR_MS: '200',
  GPU_JOBS_CREATE_BOUND_S: '1',
  GPU_JOBS_CREATE_REQUEST_S: '2',
  GPU_JOBS_ABSENT_FOR_S: '1',
  GPU_JOBS_UNKNOWN_FATE_S: '4',
  GPU_JOBS_UNKNOWN_WORKLOAD_S: '6',
  GPU_JOBS_DELETE_AGAIN_S: '2',
  GPU_JOBS_RETRY_BACKOFF_S: '0.2',
  GPU_JOBS_LOG_QUIET_S: '1',
  GPU_JOBS_LOG_GIVE_UP_S: '60',
  GPU_JOBS_LOCAL_QUEUE_VISIBILITY_S: '2',
  GPU_JOBS_EMULATOR_RATE_LIMITS: 'off',
  GPU_JOBS_EMULATOR_PROVISION_MS: '150',
  GPU_JOBS_EMULATOR_PULL_MS: '150',
  GPU_JOBS_EMULATOR_DELETE_MS: '200',
  GPU_JOBS_KUBERNETES_GPU_NODES_LEAST: '1',
  GPU_JOBS_KUBERNETES_GPU_NODES: '4',
  GPU_JOBS_KUBERNETES_SCALE_UP_MS: '500',
  GPU_JOBS_KUBERNETES_PULL_MS: '150',
  GPU_JOBS_KUBERNETES_NOTICE_MS: '100',
  GPU_JOBS_KUBERNETES_JOB_SYNC_MS: '100',
  GPU_JOBS_CONTAINER_APPS_TIME_SCALE: '0.03',
  // As long as on Azure: the hosts that die meanwhile are as slow as real ones.
  GPU_JOBS_CONTAINER_APPS_CLEANUP_MS: '137000',
};

/** Boots the stack on free ports. `stateFolder` keeps everything that it stores and logs. */
export async function bootCrashStack(stateFolder: string): Promise<CrashStack> {
  const unasked: string[] = [];
  const stack = await bootStack({
    settings: { ports: FREE_PORTS, stateFolder },
    user: { ...process.env, ...crashSettings(kubeconfigFile(stateFolder)) },
    onDeath: 'report',
    report: (event) => {
      if (event.kind !== 'died' || event.ending.signal === 'SIGKILL') return;
      const lines = event.lastLines.slice(-10).join('\n');
      unasked.push(`${event.name} ended by itself (${describeEnding(event.ending)}):\n${lines}`);
    },
  });
  const { kubernetes: cluster, containerAppsUrl: appsUrl } = stack;
  if (cluster === undefined || appsUrl === undefined)
    throw new Error('The stack has no cluster, or no Container Apps.');
  const clients = createStorageClients({
    kind: 'connection-string',
    connectionString: stack.storageConnectionString,
  });
  const placements = createTablePlacementStore(clients);
  return {
    stack,
    cluster,
    appsUrl,
    api: createJobsApi(stack.functionsUrl),
    clients,
    jobs: createTableJobStore(clients),
    hints: createTableHintStore(clients),
    holders: async () => {
      const names = [APPS, CLUSTER, ...REGIONS.map(({ name }) => name)];
      const rows = await Promise.all(names.map((name) => placements.read(name)));
      return rows.flatMap(({ row }) => Object.keys(row.holders));
    },
    unasked,
  };
}
