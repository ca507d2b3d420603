// The stack of a crash test. It is booted once, with short times and room for all jobs. Its functions host gets killed.
import type { AciPlacement } from '../../backends/aci/placement';
import type { HintStore } from '../../domain/ports/hint-store';
import type { JobStore } from '../../domain/ports/job-store';
import { LOCAL_SUBSCRIPTION } from '../../standins/arm/local-scope';
import { createJobsApi, type JobsApi } from '../../standins/stack/jobs-api';
import { bootStack, type Stack } from '../../standins/stack/stack';
import { describeEnding } from '../../standins/stack/stack-process';
import { createStorageClients, type StorageClients } from '../../storage/account/clients';
import { createTableHintStore } from '../../storage/rows/table-hint-store';
import { createTableJobStore } from '../../storage/rows/table-job-store';
import { createTablePlacementStore } from '../../storage/rows/table-placement-store';

export interface CrashStack {
  readonly stack: Stack;
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

const FREE_PORTS = { functions: 0, aci: 0, blob: 0, queue: 0, table: 0 };

/**
 * Places for 20 jobs and as many that are still being removed. Each placement has few, because the more it holds the
 * slower its polls are.
 */
const PLACEMENTS: readonly AciPlacement[] = ['eastus', 'westeurope', 'southcentralus', 'westus2'].map(
  (region) => ({
    name: `crash-${region}`,
    backend: 'aci',
    subscriptionId: LOCAL_SUBSCRIPTION,
    resourceGroup: 'gpu-jobs-crash',
    region,
    gpus: [],
    fateKnownAfterS: 4,
    limits: { workloads: 8, creates: [{ per: 3600, most: 1_000 }] },
  }),
);

/**
 * Short settings in which the protocol's times keep their order. A create's fate is known soon, because the emulator
 * acts on a PUT when it comes in.
 */
export const CRASH_SETTINGS: Readonly<Record<string, string>> = {
  GPU_JOBS_PLACEMENTS: JSON.stringify(PLACEMENTS),
  GPU_JOBS_POLL_FLOOR_MS: '200',
  GPU_JOBS_CREATE_BOUND_S: '1',
  GPU_JOBS_CREATE_REQUEST_S: '2',
  GPU_JOBS_ABSENT_FOR_S: '1',
  GPU_JOBS_UNKNOWN_FATE_S: '4',
  GPU_JOBS_UNKNOWN_WORKLOAD_S: '6',
  GPU_JOBS_DELETE_AGAIN_S: '2',
  GPU_JOBS_RETRY_BACKOFF_S: '0.2',
  GPU_JOBS_LOCAL_QUEUE_VISIBILITY_S: '2',
  GPU_JOBS_EMULATOR_RATE_LIMITS: 'off',
  GPU_JOBS_EMULATOR_PROVISION_MS: '150',
  GPU_JOBS_EMULATOR_PULL_MS: '150',
  GPU_JOBS_EMULATOR_DELETE_MS: '200',
};

/** Boots the stack on free ports. `stateFolder` keeps everything that it stores and logs. */
export async function bootCrashStack(stateFolder: string): Promise<CrashStack> {
  const unasked: string[] = [];
  const stack = await bootStack({
    settings: { ports: FREE_PORTS, stateFolder },
    user: { ...process.env, ...CRASH_SETTINGS },
    onDeath: 'report',
    report: (event) => {
      if (event.kind !== 'died' || event.ending.signal === 'SIGKILL') return;
      const lines = event.lastLines.slice(-10).join('\n');
      unasked.push(`${event.name} ended by itself (${describeEnding(event.ending)}):\n${lines}`);
    },
  });
  const clients = createStorageClients({
    kind: 'connection-string',
    connectionString: stack.storageConnectionString,
  });
  const placements = createTablePlacementStore(clients);
  return {
    stack,
    api: createJobsApi(stack.functionsUrl),
    clients,
    jobs: createTableJobStore(clients),
    hints: createTableHintStore(clients),
    holders: async () => {
      const rows = await Promise.all(PLACEMENTS.map(({ name }) => placements.read(name)));
      return rows.flatMap(({ row }) => Object.keys(row.holders));
    },
    unasked,
  };
}
