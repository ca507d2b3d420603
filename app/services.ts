// The composition root: from settings to the ports that everything else is given.
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import type { TokenCredential } from '@azure/core-auth';

import { type Backends, backendsByPlacement, factsByPlacement } from '../backends/backends';
import { createPace } from '../domain/placement/pace';
import { systemClock } from '../domain/ports/clock';
import type { UnhandledMessages } from '../domain/ports/message-queue';
import type { SecretVault } from '../domain/ports/secret-vault';
import { createJobWatch, type JobWatch } from '../jobs/job/job-watch';
import { createRememberedSpecs } from '../jobs/job/remembered-specs';
import { createListKeeper } from '../jobs/lists/list-keeper';
import { createListedJobStore } from '../jobs/lists/listed-job-store';
import { createRememberedLists } from '../jobs/outputs/remembered-lists';
import { createQuotaReadings } from '../jobs/placement/quota-readings';
import { createStandingReadings } from '../jobs/placement/standing-readings';
import type { ComputePorts, Ports } from '../jobs/ports';
import { createStorageClients, type StorageClients } from '../storage/account/clients';
import { connectionFromSettings } from '../storage/account/connection';
import { createBlobHeldSecrets } from '../storage/blobs/blob-held-secrets';
import { createBlobOutputLists } from '../storage/blobs/blob-output-lists';
import { createBlobRejectedStore } from '../storage/blobs/blob-rejected-store';
import { createBlobResultStore } from '../storage/blobs/blob-result-store';
import { createBlobSpecStore } from '../storage/blobs/blob-spec-store';
import { createKeyVaultSecrets } from '../storage/key-vault-secrets';
import { createBlobLogArchive } from '../storage/logs/blob-log-archive';
import { createBlobOutputContainers } from '../storage/outputs/blob-output-containers';
import { createStorageMessageQueue } from '../storage/queues/storage-message-queue';
import { createStorageUnhandledMessages } from '../storage/queues/storage-unhandled-messages';
import { createTableControlStore } from '../storage/rows/table-control-store';
import { createTableGroupStore } from '../storage/rows/table-group-store';
import { createTableHintStore } from '../storage/rows/table-hint-store';
import { createTableJobLists } from '../storage/rows/table-job-lists';
import { createTableJobStore } from '../storage/rows/table-job-store';
import { createTableOwnerStore } from '../storage/rows/table-owner-store';
import { createTablePlacementStore } from '../storage/rows/table-placement-store';
import { createTableScheduleStore } from '../storage/rows/table-schedule-store';
import { createAzureFiles } from '../storage/shares/azure-files';
import { identity } from './identity-sdk';
import { processLog } from './process-log';
import { type Environment, readSettings, type Settings } from './settings';
import { vaultReader } from './vault-reader';

/** Queues: public names (docs/queue.md). */
export const EVENTS_QUEUE = 'gpu-job-events';
export const KICK_QUEUE = 'gpu-jobs-kick';
export const JOBS_QUEUE = 'gpu-jobs';
/** Where the host moves a message of the jobs' queue that failed `maxDequeueCount` times. */
const POISON_QUEUE = `${JOBS_QUEUE}-poison`;
const LOG_CONTAINER = 'job-logs';

/** How long a write of a job's rows waits for the lists to be written too; what takes longer goes on behind it. */
const LISTS_WITHIN_MS = 2_000;

/** Every port but the log, which belongs to an invocation. */
export type Services = Omit<Ports, 'log'> & {
  readonly inspectionsOf: Backends['inspectionsOf'];
  readonly watch: JobWatch;
  readonly unhandled: UnhandledMessages;
  /** For whoever looks at jobs again and again. */
  readonly specsToShow: Pick<Ports['specs'], 'get'>;
};

/** What needs Azure's compute only and no storage: for the watchdog that runs outside the app. */
export function createBackends(env: Environment): ComputePorts {
  const settings = readSettings(env);
  const credential = defaultCredential();
  return backends(settings, env, credential, vaultOf(settings, credential));
}

/**
 * Builds every port from the environment. Opens no connection. Throws TerminalError for a setting that can't be used.
 */
export function createServices(env: Environment): Services {
  const settings = readSettings(env);
  const credential = defaultCredential();
  const clients = createStorageClients(connectionFromSettings(env, () => credential));
  const vault = vaultOf(settings, credential);
  const { placements, backendOf, inspectionsOf, factsOf, pace } = backends(settings, env, credential, vault);
  const specs = createBlobSpecStore(clients);
  return {
    clock: systemClock,
    pause: (ms) => pause(ms),
    newNonce: randomUUID,
    owner: createTableOwnerStore(clients, randomBytes),
    ...jobsAndLists(clients),
    hints: createTableHintStore(clients),
    groups: createTableGroupStore(clients),
    placementRows: createTablePlacementStore(clients),
    schedules: createTableScheduleStore(clients),
    control: createTableControlStore(clients),
    specs,
    specsToShow: createRememberedSpecs(specs),
    heldSecrets: createBlobHeldSecrets(clients),
    ...(vault === undefined ? {} : { vault }),
    results: createBlobResultStore(clients),
    rejected: createBlobRejectedStore(clients),
    shares: createAzureFiles({ credential, secretOf: vaultReader(vault) }),
    outputContainers: createBlobOutputContainers(clients, systemClock),
    outputLists: createRememberedLists(createBlobOutputLists(clients)),
    logArchive: createBlobLogArchive(() => clients.container(LOG_CONTAINER)),
    kicks: createStorageMessageQueue(clients, KICK_QUEUE),
    events: createStorageMessageQueue(clients, EVENTS_QUEUE),
    unhandled: createStorageUnhandledMessages(clients, POISON_QUEUE),
    placements,
    configuredSchedules: settings.schedules,
    policy: settings.policy,
    backendOf,
    inspectionsOf,
    factsOf,
    pace,
    quotas: createQuotaReadings({
      clock: systemClock,
      placements,
      backendOf,
      factsOf,
      pause: (ms) => pause(ms, undefined, { ref: false }),
    }),
    standing: createStandingReadings({
      clock: systemClock,
      backendOf,
      pause: (ms) => pause(ms, undefined, { ref: false }),
    }),
    times: settings.times,
    pollFloorMs: settings.pollFloorMs,
  };
}

/** The rows, the lists that follow them, and who waits for a change of them. */
function jobsAndLists(clients: StorageClients): Pick<Services, 'jobs' | 'lists' | 'watch'> {
  const rows = createTableJobStore(clients);
  const lists = createListKeeper({
    jobs: rows,
    lists: createTableJobLists(clients),
    log: processLog,
    patience: () => pause(LISTS_WITHIN_MS, undefined, { ref: false }),
  });
  const watch = createJobWatch({ jobs: rows, clock: systemClock, pause: (ms) => pause(ms) });
  return { jobs: createListedJobStore(rows, lists, (jobId) => watch.nudge(jobId)), lists, watch };
}

function backends(
  settings: Settings,
  environment: Environment,
  credential: TokenCredential,
  vault: SecretVault | undefined,
): ComputePorts & Pick<Backends, 'inspectionsOf'> {
  const { placements, armEndpoint, logsEndpoint } = settings;
  const factsOf = factsByPlacement(placements);
  const pace = createPace(systemClock, (name) => factsOf(name).traits.requests);
  const made = backendsByPlacement(placements, {
    armEndpoint,
    logsEndpoint,
    credential,
    environment,
    secretOf: vaultReader(vault),
    clock: systemClock,
    onPace: (placement, report) => pace.onPace(placement, report),
  });
  return { placements, ...made, factsOf, pace };
}

/** One for the secrets of specs and for those that placements name. */
function vaultOf({ keyVault }: Settings, credential: TokenCredential): SecretVault | undefined {
  return keyVault === undefined ? undefined : createKeyVaultSecrets(keyVault, credential);
}

/** Azure's default chain of credentials, loaded when the first token is asked for. */
function defaultCredential(): TokenCredential {
  let chain: TokenCredential | undefined;
  return {
    getToken: (scopes, options) => {
      chain ??= new (identity().DefaultAzureCredential)();
      return chain.getToken(scopes, options);
    },
  };
}
